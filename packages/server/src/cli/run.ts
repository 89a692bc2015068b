import type { Limits } from '../domain/limits';
import { LiveSettings } from '../live-settings';
import { createLogger } from '../log/logger';
import type { Log } from '../log/log';
import { type ChatServer, type ServerOptions, startServer } from '../server';
import { Ending } from './ending';
import type { Sources } from './given';
import { connectionsAllowed } from './open-files';
import { Reload } from './reload';
import { serviceManager } from './service-manager';
import { readSettings, type Settings } from './settings';
import { isTerminalGone } from './terminal-gone';
import { limitYoungGeneration } from './young-generation';

const youngGenerationBytesMax = 8 * 1024 * 1024;

/**
 * Runs the server until it is told to stop. The process ends with 0 after a signal, and with 1 when
 * the server cannot start or its tree gives up. A second signal ends the waiting for users, and a
 * third one the process. At SIGHUP the settings are read again.
 */
export async function run(sources: Sources): Promise<void> {
  limitYoungGeneration(youngGenerationBytesMax);
  const settings = settingsOrExit(sources);
  const log = createLogger(settings.logLevel, process.stdout.isTTY);
  const allowed = (limits: Limits): Limits => allowedLimits(limits, log);
  const live = new LiveSettings({ ...settings, limits: allowed(settings.limits) });
  const manager = serviceManager(log);
  const ending = new Ending({ log, manager, limits: live.limits });
  process.on('exit', () => {
    if (!ending.isForced) log.flush();
  });
  failLoudly(log);
  const reload = new Reload(settings, { read: () => readSettings(sources), live, log, allowed });
  const started = Promise.withResolvers<void>();
  // One that comes during the start is heard after it.
  process.on('SIGHUP', () => {
    void started.promise.then(() => {
      if (isTerminalGone()) {
        ending.begin('SIGHUP');
        return;
      }
      reload.now();
      manager?.reloaded();
    });
  });
  const onDrain = (from: string): void => ending.begin(`drain by ${from}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => ending.signal(signal));
  }
  const server = await startOrExit({ ...settings, settings: live, manager, onDrain }, log);
  manager?.ready();
  started.resolve();
  ending.started(server);
  const reason = await server.ended;
  if (ending.isBegun) {
    log.info({}, 'Chat server stopped');
    process.exit(0);
  }
  log.fatal({ reason }, 'Chat server gave up: its supervisors could not keep it running');
  process.exit(1);
}

function settingsOrExit(sources: Sources): Settings {
  const result = readSettings(sources);
  if (result.ok) return result.settings;
  for (const problem of result.problems) fail(problem);
  process.exit(1);
}

async function startOrExit(options: ServerOptions, log: Log): Promise<ChatServer> {
  try {
    return await startServer(options, log);
  } catch (error) {
    fail(rootMessage(error));
    process.exit(1);
  }
}

function fail(why: string): void {
  process.stderr.write(`chat-server: ${why}\n`);
}

/** A limit that the system would not keep is lowered, so that it is met with a word and not a failure. */
function allowedLimits(limits: Limits, log: Log): Limits {
  const allowed = connectionsAllowed();
  if (limits.connectionsMax <= allowed) return limits;
  log.warn(
    { wanted: limits.connectionsMax, allowed },
    'The limit of open files allows fewer connections than configured; raise it with ulimit -n',
  );
  return { ...limits, connectionsMax: allowed };
}

/** What is thrown outside of any actor is a bug that no supervisor can contain. */
function failLoudly(log: Log): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (err: unknown) => {
      log.fatal({ err }, `Chat server ends: ${event}`);
      process.exit(1);
    });
  }
}

/** The start of a chain of causes says most: a port that is taken, not a supervisor that failed. */
function rootMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && !('code' in error.cause)
    ? rootMessage(error.cause)
    : error.message;
}
