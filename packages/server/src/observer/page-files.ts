import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type HttpAnswer, textAnswer } from '../http/route';

// Beside this file, and beside the bundle that it is built into.
const folder = join(__dirname, 'page');
const fileName = /^[a-z0-9][a-z0-9-]*\.(html|css|js|svg)$/;

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** A file of the page: by its plain name, so that no other file can be asked for. */
export async function pageFile(name: string): Promise<HttpAnswer> {
  const [, extension = ''] = fileName.exec(name) ?? [];
  const contentType = contentTypes[extension];
  if (contentType === undefined) return textAnswer(404, 'not found');
  try {
    return { status: 200, contentType, body: await readFile(join(folder, name)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return textAnswer(404, 'not found');
    throw error;
  }
}
