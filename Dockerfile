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

# The proxy: its binary carries a right to low ports, which no container without privileges can start.
FROM caddy:2.10.2-alpine AS proxy
RUN cp /usr/bin/caddy /usr/bin/proxy && chown -R 1000:1000 /data
COPY deploy/Caddyfile /etc/caddy/Caddyfile
USER 1000:1000
CMD ["proxy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]

# The certificate job of the cluster: openssl, and folders that a job without privileges may fill.
FROM node:24.21.0-bookworm AS certificates
WORKDIR /app
COPY deploy/certificates.sh deploy/
RUN for each in authority ca store-a store-b store-c; do mkdir -p /certificates/$each; done \
  && chown -R node:node /certificates
USER node

FROM node:24.21.0-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=packages /app ./
COPY --from=build /app/libs/domain/dist libs/domain/dist
COPY --from=build /app/libs/tlog/dist libs/tlog/dist
COPY --from=build /app/apps/api/dist apps/api/dist
COPY apps/api/centres apps/api/centres
COPY docs/export-format.md docs/event-format.md docs/glossary.md docs/
COPY --from=build /app/apps/auditor/dist apps/auditor/dist
COPY --from=build /app/apps/web/out apps/web/out
COPY deploy/set-up-store.mjs deploy/
# A named volume takes its owner from the folder that it covers.
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 3000
CMD ["node", "--max-semi-space-size=8", "apps/api/dist/main.js"]
