// table.mjs - the demo's CSV files (no value holds a comma, a quote or a line end), and choices
// that look random but follow from a key.
import { readFileSync, writeFileSync } from 'node:fs';

export function readCsv(path) {
    const [head, ...lines] = readFileSync(path, 'utf8').split('\n').filter(Boolean);
    const names = head.split(',');
    return lines.map(line => Object.fromEntries(line.split(',').map((v, i) => [names[i], v])));
}

export function writeCsv(path, rows) {
    const names = Object.keys(rows[0]);
    const cell = v => {
        if (/[",\r\n]/.test(v))
            throw new Error(`not a plain value: ${v}`);
        return v;
    };
    const line = row => names.map(n => cell(String(row[n] ?? ''))).join(',');
    writeFileSync(path, [names.join(','), ...rows.map(line)].join('\n') + '\n');
}

// FNV-1a over UTF-16 units with a final mix: 0 … 2^32-1.
export function hash(text) {
    let h = 0x811c9dc5;
    for (let i = 0; i < text.length; i++)
        h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
    h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
    return (h ^ (h >>> 15)) >>> 0;
}
export const below = (key, n) => hash(key) % n;
export const pick = (key, list) => list[below(key, list.length)];

// The three towns that are filled in down to the village.
export const CHOSEN = { 桂城街道: '440605011000', 大沥镇: '440605125000',
    祖庙街道: '440604012000' };
export const isChosen = code => Object.values(CHOSEN).includes(code);
// "440605011000" -> "440605011": how keys of bodies name their area.
export const trim = code => code.length !== 12 ? code
    : code.replace(/^(\d{4})0{8}$/, '$1').replace(/^(\d{6})0{6}$/, '$1')
        .replace(/^(\d{9})000$/, '$1');
