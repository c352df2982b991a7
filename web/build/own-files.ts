import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const kinds: Record<string, string> = {
  'font/woff2': 'woff2',
  'image/svg+xml': 'svg',
  'image/png': 'png',
};
const dataUrl = /url\((["']?)data:([a-z0-9+/-]+)((?:;[a-z0-9=-]+)*),([\s\S]*?)\1\)/gi;
const otherHost = /,?\s*url\(["']?(?:https?:)?\/\/[^)]*\)(?:\s*format\([^)]*\))?/gi;

/* The component libraries' style sheets carry fonts and pictures as data: URLs
 * and name a font on another host. This moves the former into files of ours and
 * drops the latter, so that the pages need nothing but 'self'. */
export function ownFiles(): Plugin {
  return {
    name: 'own-files',
    apply: 'build',
    generateBundle(_, bundle) {
      const made = new Set<string>();
      for (const sheet of Object.values(bundle)) {
        if (sheet.type !== 'asset' || !sheet.fileName.endsWith('.css')) continue;
        const css = typeof sheet.source === 'string' ? sheet.source : new TextDecoder().decode(sheet.source);
        sheet.source = css
          .replace(otherHost, '')
          .replace(dataUrl, (whole, _quote, media: string, how: string, data: string) => {
            const kind = kinds[media];
            if (!kind) return whole;
            const bytes = how.includes('base64')
              ? Buffer.from(data, 'base64')
              : Buffer.from(decodeURIComponent(data.replace(/\\(["'])/g, '$1')));
            const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 8);
            const name = `part-${hash}.${kind}`;
            // Two sheets may carry the same picture: it is written once.
            if (!made.has(name)) this.emitFile({ type: 'asset', fileName: `assets/${name}`, source: bytes });
            made.add(name);
            return `url("./${name}")`;
          });
      }
    },
  };
}
