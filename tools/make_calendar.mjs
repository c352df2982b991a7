#!/usr/bin/env node
/* make_calendar - writes rules/calendar.csv and rules/calendar_year.csv from the npm package
 * chinese-days (MIT), which keeps the State Council's notices as data.
 *
 *     cd "$(mktemp -d)" && npm install chinese-days@1.5.7
 *     node …/tools/make_calendar.mjs node_modules/chinese-days …/rules
 *
 * Only facts are taken (which day is off, which weekend day is worked, the notice's address).
 * The last days of December can be moved by the notice of the year that follows, as those of
 * 2006, 2007, 2011, 2018 and 2022 were; so the last known year ends on 25 December. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [from, to] = process.argv.slice(2);
if (!from || !to) {
    console.error('usage: make_calendar.mjs PACKAGE-FOLDER RULES-FOLDER');
    process.exit(2);
}

const names = {
    "New Year's Day": ['元旦', "New Year's Day"],
    'Spring Festival': ['春节', 'Spring Festival'],
    'Tomb-sweeping Day': ['清明节', 'Tomb-sweeping Day'],
    'Labour Day': ['劳动节', 'Labour Day'],
    'Dragon Boat Festival': ['端午节', 'Dragon Boat Festival'],
    'Mid-autumn Festival': ['中秋节', 'Mid-Autumn Festival'],
    'National Day': ['国庆节', 'National Day'],
    'Anti-Fascist 70th Day': ['抗战胜利70周年纪念日', '70th anniversary of victory'],
};

/* The year whose notice arranged this day. */
const noticeYear = (day) => Number(day.slice(0, 4)) + (day.slice(5) >= '12-26' ? 1 : 0);
const notice = (year) => `国务院办公厅关于${year}年部分节假日安排的通知`;

const special = [
    { from: '2015-09-03', to: '2015-09-06', source: '国务院关于抗战胜利70周年纪念日调休放假的通知' },
    { from: '2019-05-01', to: '2019-05-05', source: '国务院办公厅关于调整2019年劳动节假期安排的通知' },
    { from: '2019-04-28', to: '2019-04-28', source: '国务院办公厅关于调整2019年劳动节假期安排的通知' },
    { from: '2020-01-31', to: '2020-02-02', source: '国务院办公厅关于延长2020年春节假期的通知' },
];

function sourceOf(day)
{
    const s = special.find((x) => x.from <= day && day <= x.to);
    return s ? s.source : notice(noticeYear(day));
}

function row(day, kind, text, inLieu)
{
    const name = names[text.split(',')[0]];
    if (!name)
        throw new Error(`no name for ${text} on ${day}`);
    return [day, kind, inLieu ? 1 : 0, name[0], name[1], sourceOf(day), 'statute'].join(',');
}

/* year -> addresses of its notices, from the comments above each year's arrangement. */
function addresses(text)
{
    const found = {};
    let year = 0;
    for (const line of text.split('\n')) {
        const y = /^\s*\*\s+(\d{4})\s*$/.exec(line);
        const url = /(https?:\/\/www\.gov\.cn\/\S+)/.exec(line);
        if (y)
            year = Number(y[1]);
        else if (url && year)
            (found[year] ??= []).push(url[1]);
    }
    return found;
}

const data = JSON.parse(readFileSync(join(from, 'dist/chinese-days.json'), 'utf8'));
const urls = addresses(readFileSync(join(from, 'src/holidays/generate.ts'), 'utf8'));
const rows = [
    ...Object.entries(data.holidays).map(([d, t]) => row(d, 'holiday', t, d in data.inLieuDays)),
    ...Object.entries(data.workdays).map(([d, t]) => row(d, 'workday', t, false)),
].sort();
const years = [...new Set(rows.map((r) => Number(r.slice(0, 4))))];
const last = Math.max(...years);
const yearRows = years.map((y) => [y, `${y}-01-01`, y === last ? `${y}-12-25` : `${y}-12-31`,
    notice(y), (urls[y] ?? []).join(' '), 'statute'].join(','));

writeFileSync(join(to, 'calendar.csv'),
    ['day,kind,in_lieu,name_zh,name_en,source,certainty', ...rows].join('\n') + '\n');
writeFileSync(join(to, 'calendar_year.csv'),
    ['year,known_from,known_to,source,address,certainty', ...yearRows].join('\n') + '\n');
console.log(`${rows.length} days, ${years.length} years, to ${last}`);
