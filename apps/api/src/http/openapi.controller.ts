import { Controller, Get, type INestApplication, Injectable, Query } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from './answers.ts';
import { documentOf } from './api-document.ts';
import { noParameters } from './query-parameters.ts';

/** Only the whole application knows its routes; the node names it once. */
@Injectable()
export class ApiDocument {
  #app: INestApplication | undefined;
  #document: Promise<OpenAPIObject> | undefined;

  describes(app: INestApplication): void {
    this.#app = app;
  }

  read(): Promise<OpenAPIObject> {
    if (this.#app === undefined) throw new Error('the node has not said which application it is');
    this.#document ??= documentOf(this.#app);
    return this.#document;
  }
}

@Controller('openapi.json')
export class OpenApiController {
  constructor(private readonly document: ApiDocument) {}

  @Get()
  @Answers({ summary: 'This document.', answers: { 200: z.record(z.string(), z.unknown()) } })
  read(@Query({ schema: noParameters }) _none: object): Promise<OpenAPIObject> {
    return this.document.read();
  }
}
