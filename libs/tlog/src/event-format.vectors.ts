/**
 * The vectors of the event format, byte for byte. They are the oldest promise of the product: a change
 * that needs another value here breaks every log that exists.
 */
export const LOG_ID = '019aa9c0-0000-7000-8000-000000000001';

export const DISCLOSURE_VECTOR = {
  salt: Uint8Array.from({ length: 16 }, (_, at) => at),
  name: 'narrative',
  value: 'Three bursts, then silence.',
  disclosure:
    'WyJBQUVDQXdRRkJnY0lDUW9MREEwT0R3IiwibmFycmF0aXZlIiwiVGhyZWUgYnVyc3RzLCB0aGVuIHNpbGVuY2UuIl0',
  digest: 'XXUkzY66L2XW2h8g_0i5fx_nmcaSswh-Cwmm0uNsxvE',
};

export const EVENT_VECTORS = [
  {
    leaf: '{"authn":"system","data":{"exercise":true,"leafRule":1,"logId":"019aa9c0-0000-7000-8000-000000000001"},"id":"019aa9c0-0000-7000-8000-000000000001","revision":0,"role":"system","source":"urn:ceasewatch:019aa9c0-0000-7000-8000-000000000001","specversion":"1.0","subject":"log/019aa9c0-0000-7000-8000-000000000001","time":"2026-08-15T20:00:00.000Z","type":"log.opened.v1"}',
    leafHash: '3mkhLsXB3dvMMgALBrgJ6fed3WTEQ5TeN12+GN0cijo=',
    chain: 'czgei4wOY25r+j2q5DxeS2WzRM+srbv4DCjKHRPplLY=',
  },
  {
    leaf: '{"authn":"chosen","centrerevision":41,"contingent":"b","correlationid":"019aa9c0-7d3e-7a41-8c55-0000000186a7","data":{"_sd":["XXUkzY66L2XW2h8g_0i5fx_nmcaSswh-Cwmm0uNsxvE"],"count":{"qualifier":"about","unit":"burst","value":12},"kind":"burst","means":["heard"],"origin":"unit","unit":"019aa9c0-0000-7000-8000-0000000000b7","watch":null,"when":{"clock":"device","from":"2026-11-22T09:58:00.000Z","precision":"minute","to":"2026-11-22T09:59:00.000Z","zone":"Europe/Moscow"},"where":{"bearing":{"north":"true","unit":"mdeg","value":84000},"form":"relative","range":{"max":3400,"min":3000},"resolved":{"errorM":320,"lat":39991241,"lon":46927118,"method":"relative.1","sector":"019aa9c0-0000-7000-8000-0000000000c2"},"unit":"019aa9c0-0000-7000-8000-0000000000b7"}},"id":"019aa9c0-7d3e-7a41-8c55-0000000186a7","officer":"019aa9c0-0000-7000-8000-0000000000d4","revision":0,"role":"operator","source":"urn:ceasewatch:019aa9c0-0000-7000-8000-000000000001","specversion":"1.0","subject":"observation/019aa9c0-7d3e-7a41-8c55-0000000186a7","time":"2026-11-22T10:00:07.000Z","type":"observation.recorded.v1"}',
    leafHash: 'WsqAwuz3DYJTqI8kYscQ9r4wNMuh5L+383PLEUAGUy0=',
    chain: 'F9KnlnRqegfeaVIYzEhb0e2/9aXczbXSAZGAeRDR5v8=',
  },
] as const;
