import { Controller, Get, Injectable } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { INestApplication } from '@nestjs/common';
import { Answers } from './answers.ts';
import { z } from 'zod';

/** The document of the API, made of the routes themselves when it is first asked for. */
@Injectable()
export class ApiDocument {
  #app: INestApplication | undefined;
  #document: OpenAPIObject | undefined;

  /** Called once by the node: only the whole application knows its routes. */
  describes(app: INestApplication): void {
    this.#app = app;
  }

  read(): OpenAPIObject {
    if (this.#app === undefined) throw new Error('the node has not said which application it is');
    this.#document ??= documentOf(this.#app);
    return this.#document;
  }
}

function documentOf(app: INestApplication): OpenAPIObject {
  const base = new DocumentBuilder()
    .setTitle('Ceasewatch')
    .setDescription('One log of what the observers of both parties to a ceasefire saw.')
    .setVersion('1')
    .build();
  const document = SwaggerModule.createDocument(app, base);
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.post]) {
      for (const [status, response] of Object.entries(operation?.responses ?? {})) {
        if (Number(status) >= 400 && response !== undefined && 'content' in response) asProblem(response);
      }
    }
  }
  return document;
}

/** An error is never plain JSON. */
function asProblem(response: { content?: Record<string, unknown> }): void {
  const json = response.content?.['application/json'];
  if (json !== undefined) response.content = { 'application/problem+json': json };
}

@Controller('openapi.json')
export class OpenApiController {
  constructor(private readonly document: ApiDocument) {}

  @Get()
  @Answers({ summary: 'This document.', answers: { 200: z.record(z.string(), z.unknown()) } })
  read(): OpenAPIObject {
    return this.document.read();
  }
}
