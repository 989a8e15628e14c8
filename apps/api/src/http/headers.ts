import type { ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';

/** Headers of every answer; the pages add their Content-Security-Policy (pages/serve-pages.ts). */
const EVERYWHERE: readonly (readonly [string, string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['X-Frame-Options', 'DENY'],
  [
    'Permissions-Policy',
    'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  ],
];
/** An answer of the API is data: nothing in it may run, frame or be kept. */
const API: readonly (readonly [string, string])[] = [
  ['Cache-Control', 'no-store'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
];

export function headers(): RequestHandler {
  return (request, response, next) => {
    const isOfApi = request.path.startsWith('/api/') || request.path.startsWith('/health/');
    setHeaders(response, isOfApi);
    next();
  };
}

/** For who answers before any middleware does. */
export function setHeaders(response: ServerResponse, isOfApi: boolean): void {
  for (const [name, value] of EVERYWHERE) response.setHeader(name, value);
  if (!isOfApi) return;
  for (const [name, value] of API) response.setHeader(name, value);
}
