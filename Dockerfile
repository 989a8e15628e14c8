# One node with the screens in it. The image holds Node, the built files and the api's own packages;
# compiler, Next and tests stay behind in the first stage.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY libs/domain/package.json libs/domain/
COPY libs/tlog/package.json libs/tlog/
COPY apps/api/package.json apps/api/
COPY apps/web/package.json apps/web/
COPY apps/auditor/package.json apps/auditor/
RUN npm ci --loglevel=error
COPY . .
RUN node scripts/run.mjs build

FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY libs/domain/package.json libs/domain/
COPY libs/tlog/package.json libs/tlog/
COPY apps/api/package.json apps/api/
COPY apps/web/package.json apps/web/
COPY apps/auditor/package.json apps/auditor/
RUN npm ci --loglevel=error --omit=dev --omit=optional \
  --workspace=apps/api --workspace=apps/auditor

FROM node:24.21.0-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=packages /app ./
COPY --from=build /app/libs/domain/dist libs/domain/dist
COPY --from=build /app/libs/tlog/dist libs/tlog/dist
COPY --from=build /app/apps/api/dist apps/api/dist
COPY apps/api/centres apps/api/centres
COPY --from=build /app/apps/auditor/dist apps/auditor/dist
COPY --from=build /app/apps/web/out apps/web/out
# A named volume takes its owner from the folder that it covers.
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 3000
CMD ["node", "--max-semi-space-size=8", "apps/api/dist/main.js"]
