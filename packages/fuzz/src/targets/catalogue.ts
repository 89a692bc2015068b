import type { Target } from '../target';
import { bytes } from './bytes';
import { http } from './http';
import { terminalKeys } from './keys';
import { lines } from './lines';
import { port } from './port';
import { redis } from './redis';
import { sqlite } from './sqlite';
import { records } from './records';
import { proxy } from './proxy';

/** All targets, the cheap ones first. */
export const targets: readonly Target[] = [
  lines,
  terminalKeys,
  proxy,
  http,
  bytes,
  port,
  records,
  sqlite,
  redis,
];
