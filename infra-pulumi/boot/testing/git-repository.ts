import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { run } from './commands';
import type { WebRequest, WebResponse } from './web-server';

const top = join(__dirname, '..', '..', '..');

/** A repository with the files of this work tree, committed or not; nothing is changed in there. */
export class GitRepository {
  readonly #folder: string;
  readonly #git: (args: readonly string[], input?: string) => Promise<string>;

  constructor(folder: string) {
    this.#folder = folder;
    const env = {
      GIT_DIR: folder,
      GIT_WORK_TREE: top,
      GIT_AUTHOR_NAME: 'test',
      GIT_AUTHOR_EMAIL: 'test@test.example',
      GIT_COMMITTER_NAME: 'test',
      GIT_COMMITTER_EMAIL: 'test@test.example',
    };
    this.#git = async (args, input = '') => (await run('git', args, { env, input })).trim();
  }

  async create(): Promise<void> {
    await run('git', ['init', '--quiet', '--bare', this.#folder]);
    await this.#git(['config', 'core.bare', 'false']);
  }

  /** Commits the work tree, with some files in other words. @returns the commit. */
  async commit(branch: string, changes: Readonly<Record<string, string>> = {}): Promise<string> {
    await this.#git(['-C', top, 'add', '--all']);
    for (const [path, content] of Object.entries(changes)) {
      const blob = await this.#git(['hash-object', '-w', '--stdin'], content);
      await this.#git(['update-index', '--cacheinfo', `100644,${blob},${path}`]);
    }
    const tree = await this.#git(['write-tree']);
    const commit = await this.#git(['commit-tree', '-m', branch, tree]);
    await this.#git(['update-ref', `refs/heads/${branch}`, commit]);
    writeFileSync(join(this.#folder, 'HEAD'), `ref: refs/heads/${branch}\n`);
    return commit;
  }

  /** Serves it over http, read only, at `/chat.git`. */
  async answer(request: WebRequest): Promise<WebResponse> {
    const env = {
      ...process.env,
      GIT_PROJECT_ROOT: join(this.#folder, '..'),
      GIT_HTTP_EXPORT_ALL: '1',
      REQUEST_METHOD: request.method,
      PATH_INFO: request.path,
      QUERY_STRING: request.query,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      CONTENT_LENGTH: String(request.body.length),
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    };
    const backend = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
    backend.stdin.end(request.body);
    const output = await buffer(backend.stdout);
    const end = output.indexOf('\r\n\r\n');
    const headers = Object.fromEntries(
      output
        .subarray(0, end)
        .toString()
        .split('\r\n')
        .map((line) => line.split(': ') as [string, string]),
    );
    const status = Number.parseInt(headers['Status'] ?? '200', 10);
    delete headers['Status'];
    return { status, headers, body: output.subarray(end + 4) };
  }
}
