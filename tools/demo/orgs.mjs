// orgs.mjs - the bodies of the demo city. A body's key is its kind and its area's code without
// trailing zeros; parent is the body it belongs to or is reviewed by, above the centre that
// supervises it.
import { below, CHOSEN, isChosen, pick, trim } from './table.mjs';

const STREETS = ['映荷路', '听榕街', '鹭影大道', '石鼓里', '竹韵横街', '云岫路', '望岗直街', '涌尾新街',
    '澄怀路', '锦鲤巷', '麦香街', '渔灯路', '醒狮大道', '蚕歌路', '陶然里', '龙舟街'];
const OFFICE = '周一至周五 8:30—12:00、14:00—17:30';
const STATION = '周一至周六 9:00—12:00、14:30—17:30';
const ALWAYS = '全天';

// kind, what comes after its dot, name after the area's, hours
const CITY = [
    ['centre', '', '社会治安综合治理中心', OFFICE],
    ['court', 'intermediate', '中级人民法院', OFFICE],
    ['procuratorate', '', '人民检察院', OFFICE],
    ['police', 'bureau', '公安局', ALWAYS],
    ['justice_office', 'bureau', '司法局', OFFICE],
    ['petition_office', '', '信访局', OFFICE],
    ['arbitration', 'labour', '劳动人事争议仲裁院', OFFICE],
    ['labour', '', '劳动保障监察支队', OFFICE],
    ['housing', '', '住房和城乡建设局', OFFICE],
    ['market', '', '市场监督管理局', OFFICE],
    ['legal_aid', '', '法律援助中心', OFFICE],
    ['hotline', '', '12345政务服务便民热线', ALWAYS],
];
const DISTRICT = [
    ['centre', '', '社会治安综合治理中心', OFFICE],
    ['court', 'basic', '人民法院', OFFICE],
    ['procuratorate', '', '人民检察院', OFFICE],
    ['police', 'bureau', '公安分局', ALWAYS],
    ['police', 'traffic', '公安分局交通警察大队', ALWAYS],
    ['justice_office', 'bureau', '司法局', OFFICE],
    ['petition_office', '', '信访局', OFFICE],
    ['arbitration', 'labour', '劳动人事争议仲裁院', OFFICE],
    ['labour', '', '劳动保障监察大队', OFFICE],
    ['housing', '', '住房城乡建设和水利局', OFFICE],
    ['market', '', '市场监督管理局', OFFICE],
    ['legal_aid', '', '法律援助中心', OFFICE],
    ['department', 'land', '自然资源分局', OFFICE],
    ['department', 'environment', '生态环境分局', OFFICE],
    ['department', 'agriculture', '农业农村局', OFFICE],
    ['department', 'health', '卫生健康局', OFFICE],
    ['department', 'culture', '文化广电旅游体育局', OFFICE],
];
const TRIBUNALS = ['440604100000', CHOSEN.桂城街道, CHOSEN.大沥镇, '440605124000',
    '440606103000', '440606106000', '440607103000', '440608108000'];
const NOTARIES = { 440604: '映月', 440605: '荷塘', 440606: '凤岭', 440607: '三江', 440608: '西岸' };

// Bodies that exist once: key, kind in two parts, name, short, area, parent, hours, founded.
const SINGLE = [
    ['committee-4406-ecommerce', 'committee', 'association', '佛山市电子商务协会人民调解委员会',
        '电商调委会', '440600000000', 'justice_office-4406', OFFICE, '2021-03-15'],
    ['committee-4406-medical', 'committee', 'association', '佛山市医疗纠纷人民调解委员会',
        '医调委', '440600000000', 'justice_office-4406', OFFICE, '2014-06-01'],
    ['committee-4406-fishery', 'committee', 'association', '佛山市内河渔业协会人民调解委员会',
        '渔协调委会', '440600000000', 'justice_office-4406', STATION, '2019-08-16'],
    ['committee-440605-traffic', 'committee', 'association', '南海区道路交通事故纠纷人民调解委员会',
        '交调委', '440605000000', 'justice_office-440605', OFFICE, '2013-10-08'],
    ['committee-440605-property', 'committee', 'association', '南海区物业纠纷人民调解委员会',
        '物调委', '440605000000', 'justice_office-440605', OFFICE, '2018-05-20'],
    ['committee-park-lingnan', 'committee', 'enterprise', '岭南智造产业园人民调解委员会',
        '岭南园调委会', 'park-lingnan', 'committee-440605011', OFFICE, '2022-11-11'],
    ['centre-park-lingnan', 'centre', 'park', '岭南智造产业园社会治理中心', '岭南园治理中心',
        'park-lingnan', 'centre-440605011', OFFICE, '2023-04-18'],
    ['studio-440605', 'studio', '', '麦向晴家事调解工作室', '麦向晴工作室', '440605000000',
        'justice_office-440605', STATION, '2020-09-10'],
    ['studio-440605011', 'studio', '', '关映荷调解工作室', '关映荷工作室', CHOSEN.桂城街道,
        'committee-440605011', STATION, '2019-12-04'],
    ['studio-440605125', 'studio', '', '梁听涛调解工作室', '梁听涛工作室', CHOSEN.大沥镇,
        'committee-440605125', STATION, '2021-07-07'],
    ['studio-440604012', 'studio', '', '霍知秋调解工作室', '霍知秋工作室', CHOSEN.祖庙街道,
        'committee-440604012', STATION, '2022-02-22'],
    ['studio-440606', 'studio', '', '区伯言劳资调解工作室', '区伯言工作室', '440606000000',
        'justice_office-440606', OFFICE, '2021-05-06'],
];
// Bodies of the past: the same, then ended, successor, note.
const ENDED = [
    [['committee-440605011-2', 'committee', 'street', '桂城街道东片人民调解委员会', '东片调委会',
        CHOSEN.桂城街道, 'justice_office-440605', OFFICE, '2012-04-10'],
    '2023-06-30', 'committee-440605011', '并入街道调委会'],
    [['petition_office-440605-2', 'petition_office', 'station', '南海区信访超市', '信访超市',
        '440605000000', 'petition_office-440605', OFFICE, '2018-01-08'],
    '2025-03-31', 'centre-440605', '并入区综治中心'],
];

function org(kind, subkind, name, short, area, parent, hours, rest = {}) {
    const key = rest.key ?? `${kind}-${trim(area)}`;
    const day = below('founded' + key, 28) + 1, month = below('month' + key, 12) + 1;
    const year = kind === 'centre' ? 2024 : 2008 + below('year' + key, 14);
    const two = n => String(n).padStart(2, '0');
    return { key, kind: subkind ? `${kind}.${subkind}` : kind, name, short, area, parent, above: '',
        address: pick('street' + key, STREETS) + (1 + below('number' + key, 188)) + '号',
        phone: '', hours, founded: rest.founded ?? `${year}-${two(month)}-${two(day)}`,
        ended: rest.ended ?? '', successor: rest.successor ?? '', note: rest.note ?? '' };
}

const briefly = name => name.replace('社会治安综合治理中心', '综治中心');
const cityOrgs = city => CITY.map(([kind, subkind, name, hours]) =>
    org(kind, subkind, city.name + name, kind === 'hotline' ? '12345热线' : briefly('市' + name),
        city.code, kind === 'centre' ? '' : 'centre-4406', hours));

function districtOrgs(district) {
    const rows = DISTRICT.map(([kind, subkind, name, hours]) => {
        const plain = kind !== 'department' && subkind !== 'traffic';
        const parent = subkind === 'traffic' ? `police-${trim(district.code)}`
            : plain ? `${kind}-4406` : `centre-${trim(district.code)}`;
        return org(kind, subkind, '佛山市' + district.name + name, briefly(district.name + name),
            district.code, parent, hours,
            plain ? {} : { key: `${kind}-${trim(district.code)}-${subkind}` });
    });
    const notary = NOTARIES[trim(district.code)];
    rows.push(org('notary', '', `佛山市${notary}公证处`, `${notary}公证处`, district.code,
        `justice_office-${trim(district.code)}`, OFFICE));
    return rows;
}

function townOrgs(town) {
    const district = trim(town.parent), short = town.name.replace(/街道$|镇$/, '');
    const rows = [
        org('centre', '', `${town.name}社会治安综合治理中心`, `${short}综治中心`, town.code,
            `centre-${district}`, OFFICE),
        org('committee', town.kind, `${town.name}人民调解委员会`, `${short}调委会`, town.code,
            `justice_office-${district}`, OFFICE),
        org('police', 'station', `${short}派出所`, `${short}派出所`, town.code,
            `police-${district}`, ALWAYS),
        org('justice_office', 'office', `${town.name}司法所`, `${short}司法所`, town.code,
            `justice_office-${district}`, OFFICE),
    ];
    if (TRIBUNALS.includes(town.code))
        rows.push(org('court', 'tribunal', `${short}人民法庭`, `${short}法庭`, town.code,
            `court-${district}`, OFFICE));
    return rows;
}

function villageOrgs(village, prefix) {
    const town = trim(village.parent), rural = village.kind === 'village';
    const base = village.short.replace(/村$/, '');
    const own = rural ? `${base}村民委员会` : `${village.short}居民委员会`;
    return [
        org('village_committee', rural ? 'village' : 'residents', prefix + own,
            rural ? `${base}村委会` : `${village.short}居委会`, village.code, `centre-${town}`,
            STATION),
        org('centre', 'station', `${prefix}${village.short}综治工作站`, `${village.short}工作站`,
            village.code, `centre-${town}`, STATION),
        org('committee', rural ? 'village' : 'residents',
            `${prefix}${village.short}人民调解委员会`, `${village.short}调委会`, village.code,
            `committee-${town}`, STATION),
    ];
}

const single = ([key, kind, subkind, name, short, area, parent, hours, founded], rest = {}) =>
    org(kind, subkind, name, short, area, parent, hours, { key, founded, ...rest });

const isCentre = org => org.kind.split('.')[0] === 'centre';
// The nearest centre that is still open, upwards from the body's area; a centre's is above it.
function aboveOf(org, areas, centres) {
    if (isCentre(org))
        return org.parent;
    const upward = code => areas.get(code)?.parent ?? '';
    for (let area = org.area; area; area = upward(area))
        if (centres.has(area))
            return centres.get(area);
    return '';
}

export function makeOrgs(areas) {
    const at = level => areas.filter(a => a.level === level);
    const rows = [
        ...at('city').flatMap(cityOrgs), ...at('county').flatMap(districtOrgs),
        ...SINGLE.map(r => single(r)),
        ...ENDED.map(([r, ended, successor, note]) => single(r, { ended, successor, note })),
        ...at('town').flatMap(townOrgs),
        ...at('village').filter(v => isChosen(v.parent))
            .flatMap(v => villageOrgs(v, areas.find(a => a.code === v.parent).name)),
    ];
    const byCode = new Map(areas.map(a => [a.code, a]));
    const centres = new Map(rows.filter(isCentre).map(r => [r.area, r.key]));
    // 0757-8000xxxx is the demo's own range; the hot line is known by its short number.
    rows.forEach((r, i) => {
        r.above = aboveOf(r, byCode, centres);
        r.phone = r.kind === 'hotline' ? '12345' : `0757-8000${String(i + 1).padStart(4, '0')}`;
    });
    return rows;
}
