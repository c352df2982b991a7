// grids.mjs - areas below the village, and parks and zones, which have no statistical code.
import { below, CHOSEN, isChosen } from './table.mjs';

const NUMERALS = [...'一二三四'], INITIALS = 'yess';
const PARKS = [
    ['park-lingnan', '岭南智造产业园', 'park', CHOSEN.桂城街道, 'lnzzcyy'],
    ['park-fenghui', '凤汇家居产业园', 'park', CHOSEN.大沥镇, 'fhjjcyy'],
    ['park-yingyue', '映月文创园', 'park', CHOSEN.祖庙街道, 'yywcy'],
    ['zone-tinglan', '听澜经济开发区', 'zone', '440605000000', 'tljjkfq'],
];

function* gridsOf(village, micro) {
    const n = 2 + below('grids' + village.code, 3);
    for (let i = 0; i < n; i++) {
        const key = `${village.code}-0${i + 1}`;
        yield { key, name: `${village.short}第${NUMERALS[i]}网格`, level: 'grid', kind: 'grid',
            parent: village.code, pinyin: `${village.pinyin}d${INITIALS[i]}wg` };
        for (let m = 0; micro && m < 2; m++)
            yield { key: `${key}-${m + 1}`, name: `${village.short}第${NUMERALS[i]}网格${m + 1}号微网格`,
                level: 'micro_grid', kind: 'micro_grid', parent: key,
                pinyin: `${village.pinyin}d${INITIALS[i]}wg${m + 1}hwwg` };
    }
}

export function makeGrids(areas) {
    const rows = PARKS.map(([key, name, kind, parent, pinyin]) =>
        ({ key, name, level: 'park', kind, parent, pinyin }));
    const seen = new Map();
    for (const village of areas.filter(a => a.level === 'village' && isChosen(a.parent))) {
        const nth = seen.get(village.parent) ?? 0;
        seen.set(village.parent, nth + 1);
        rows.push(...gridsOf(village, nth < 4));
    }
    return rows;
}
