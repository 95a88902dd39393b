import { extname, isAbsolute, relative, resolve, sep } from 'node:path';

/** The kinds of files a built renderer consists of. Anything else is not served, whatever lies in the folder. */
const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.pfb': 'application/octet-stream',
  '.webmanifest': 'application/manifest+json',
};

export interface ServedFile {
  readonly path: string;
  readonly mime: string;
}

/**
 * The file a page address stands for, or null where there is none to serve. Addresses without an extension are screens of the
 * renderer's own router and get its page.
 * @param root absolute folder of the built renderer
 * @param pathname still percent-encoded, as the browser sent it
 */
export function resolveServed(root: string, pathname: string): ServedFile | null {
  const decoded = decode(pathname);
  if (decoded === null || decoded.includes('\0') || decoded.includes('\\') || !decoded.startsWith('/')) return null;
  const wanted = extname(decoded) === '' ? '/index.html' : decoded;
  const path = resolve(root, `.${wanted}`);
  const within = relative(resolve(root), path);
  if (within === '' || within === '..' || within.startsWith(`..${sep}`) || isAbsolute(within)) return null;
  if (within.split(sep).some((part) => part.startsWith('.'))) return null;
  const mime = mimeTypes[extname(path).toLowerCase()];
  return mime === undefined ? null : { path, mime };
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
