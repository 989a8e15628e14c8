import { Module } from '@nestjs/common';
import { ApiDocument, OpenApiController } from './openapi.controller.ts';

@Module({ controllers: [OpenApiController], providers: [ApiDocument] })
export class OpenApiModule {}
