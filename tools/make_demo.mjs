// make_demo.mjs - writes the demo city's generated tables: grids.csv, orgs.csv, rosters.csv.
//
//     node tools/make_demo.mjs demo
//
// Reads areas.csv, accounts.csv and posts.csv of the same folder. Needs no package. The same
// input gives the same bytes: what looks random is a hash of the row's own key. Every person,
// street and telephone number is invented.
import { join } from 'node:path';
import { makeGrids } from './demo/grids.mjs';
import { makeOrgs } from './demo/orgs.mjs';
import { makeRosters } from './demo/rosters.mjs';
import { readCsv, writeCsv } from './demo/table.mjs';

const dir = process.argv[2];
if (!dir) {
    console.error('usage: make_demo.mjs DIR');
    process.exit(2);
}
const areas = readCsv(join(dir, 'areas.csv'));
const grids = makeGrids(areas);
const orgs = makeOrgs(areas);
const rosters = makeRosters({ areas, orgs, accounts: readCsv(join(dir, 'accounts.csv')),
    posts: readCsv(join(dir, 'posts.csv')) });
for (const [name, rows] of [['grids', grids], ['orgs', orgs], ['rosters', rosters]]) {
    writeCsv(join(dir, name + '.csv'), rows);
    console.error(`${name} ${rows.length}`);
}
