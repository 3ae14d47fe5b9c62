// A static file server with no logic of its own, able to serve from a sub-path as a project page on GitHub does.
// On the command line: node scripts/serve.mjs [--base /some/sub/path/] [--port 4173]
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, dist, ensureBuild, Failure } from './environment.mjs';

const contentTypes = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/**
 * @param {{ directory?: string, base?: string }} [options] base: the path under which the files appear, ending in /
 */
export function createStaticServer({ directory = dist, base = '/' } = {}) {
  return createServer((request, response) => {
    const fail = (status, message, headers = {}) =>
      response
        .writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers })
        .end(`${message}\n`);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return fail(405, 'Method not allowed', { Allow: 'GET, HEAD' });
    const path = decodePath(request.url ?? '/');
    if (path === undefined) return fail(400, 'Bad request');
    if (`${path}/` === base) return fail(301, 'Moved', { Location: base });
    const file = path.startsWith(base) ? findFile(directory, path.slice(base.length)) : undefined;
    if (!file) return fail(404, 'Not found');
    response.writeHead(200, {
      'Content-Type': contentTypes[extname(file.path).toLowerCase()] ?? 'application/octet-stream',
      'Content-Length': file.size,
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
    });
    if (request.method === 'HEAD') return response.end();
    createReadStream(file.path)
      .on('error', () => response.destroy())
      .pipe(response);
  });
}

function decodePath(url) {
  try {
    const path = decodeURIComponent(url.split('?')[0]);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}

/** The file inside the directory, its index page for a folder; undefined for anything outside. */
function findFile(directory, relative) {
  const inside = resolve(directory);
  const wanted = resolve(inside, `.${sep}${relative}`);
  if (wanted !== inside && !wanted.startsWith(inside + sep)) return undefined;
  for (const path of [wanted, join(wanted, 'index.html')]) {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status?.isFile()) return { path, size: status.size };
  }
  return undefined;
}

/**
 * Starts listening and resolves to the port; rejects when the port cannot be had.
 * @param {import('node:http').Server} server
 * @returns {Promise<number>}
 */
export function listen(server, port = 0, host = '127.0.0.1') {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      done(server.address().port);
    });
  });
}

/**
 * Serves the built page as long as `use` takes, which is given its address.
 * @template T
 * @param {(address: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function whileServed(use) {
  const server = createStaticServer();
  try {
    return await use(`http://127.0.0.1:${await listen(server)}/`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

function option(name, fallback) {
  const index = process.argv.indexOf(name);
  return index < 0 ? fallback : process.argv[index + 1];
}

async function main() {
  const base = option('--base', '/');
  if (!/^\/(.*\/)?$/.test(base)) throw new Failure(`--base must begin and end with a slash: ${base}`);
  ensureBuild();
  const port = await listen(createStaticServer({ base }), Number(option('--port', '4173')));
  console.log(`Serving http://127.0.0.1:${port}${base}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await command(main);
