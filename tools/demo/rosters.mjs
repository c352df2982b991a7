// rosters.mjs - who serves where: members of people's mediation committees, mediators, the five
// roles of a village, the night duty. Days count from the day the demo is loaded.
import { below, pick } from './table.mjs';
import { personOf } from './names.mjs';

const TERM = 1095;                                       // three years (人民调解法 9)
const DOMAINS = ['婚姻家庭', '邻里', '房屋宅基地', '合同', '损害赔偿', '物业', '山林土地', '其他消费',
    '其他劳动争议', '道路交通事故'];
const SPECIAL = { 'committee-4406-ecommerce': [9, '电子商务；其他消费'],
    'committee-4406-medical': [7, '医疗'], 'committee-4406-fishery': [5, '生产经营；损害赔偿'],
    'committee-440605-traffic': [5, '道路交通事故；损害赔偿'],
    'committee-440605-property': [5, '物业；邻里'],
    'committee-park-lingnan': [3, '拖欠农民工工资；其他劳动争议'] };
const ROLES = ['cadre', 'grid_worker', 'police', 'counsel', 'mediation_team'];
const DUTY = { 'centre-440605011': ['clerk.guicheng', 'dispatcher.guicheng', 'head.guicheng'],
    'centre-440605125': ['clerk.dali', 'dispatcher.dali', 'head.dali'],
    'centre-440604012': ['clerk.zumiao', 'dispatcher.zumiao'] };

let phones = 5000;                                       // 1990000 5000 and up
const row = fields => ({ roster: '', org: '', area: '', name: '', gender: '', account: '', role: '',
    phone: '', domains: '', hours: '', from_day: '', to_day: '', from_time: '', to_time: '',
    minority: '', ...fields });
const nextPhone = () => `1990000${phones++}`;
const phoneOf = new Map();
function sharedPhone(key) {
    if (!phoneOf.has(key))
        phoneOf.set(key, nextPhone());
    return phoneOf.get(key);
}

const domainsOf = key => [...new Set([0, 1, 2].map(i => pick(`domain${i}${key}`, DOMAINS)))]
    .join('；');

// The holders of a mediator's post are members of their committee; their term is the post's.
function membersOf(org, { accounts, posts }) {
    const own = posts.filter(p => p.org === org.key && p.role === 'mediator');
    const size = SPECIAL[org.key]?.[0] ?? (/[.](town|street)$/.test(org.kind) ? 5 : 3)
        + below('size' + org.key, 3);
    const start = own.length ? Number(own[0].from_day) : -30 - below('term' + org.key, 900);
    const term = { from_day: start, to_day: start + TERM };
    const names = new Set();
    const rows = own.map(post => {
        const account = accounts.find(a => a.login === post.account);
        names.add(account.name);
        return row({ roster: 'member', org: org.key, area: org.area, name: account.name,
            gender: account.gender, account: account.login, phone: account.phone,
            role: post.title === '主任' ? 'head' : 'member', ...term });
    });
    for (let i = rows.length; rows.length < size; i++) {
        const woman = !rows.some(r => r.gender === 'f') && rows.length === size - 1
            || below(`woman${i}${org.key}`, 5) < 2;
        const person = personOf(`${i}${org.key}`, woman ? 'f' : 'm');
        if (names.has(person.name))
            continue;
        names.add(person.name);
        rows.push(row({ roster: 'member', org: org.key, area: org.area, ...person,
            phone: nextPhone(), role: rows.length ? 'member' : 'head', ...term }));
    }
    return rows;
}

// One member belongs to an ethnic minority: the yes of article 8, not which one.
function markMinority(members) {
    members.find(r => r.org === 'committee-440604012' && r.role === 'member').minority = 'yes';
}

const mediatorOf = member => row({ ...member, roster: 'mediator', minority: '',
    role: SPECIAL[member.org] || member.account ? 'full_time' : 'part_time',
    domains: SPECIAL[member.org]?.[1] ?? domainsOf(member.org + member.name),
    hours: 12 + 4 * below('hours' + member.org + member.name, 16) });

function studioHead(studio, { accounts, posts }) {
    const post = posts.find(p => p.org === studio.key);
    const account = accounts.find(a => a.login === post?.account);
    const name = account?.name ?? studio.name.slice(0, 3);
    return row({ roster: 'mediator', org: studio.key, area: studio.area, name,
        gender: account?.gender ?? 'm', account: account?.login, role: 'full_time',
        phone: account?.phone ?? nextPhone(), hours: 72, from_day: post?.from_day ?? -250,
        domains: studio.key === 'studio-440605' ? '婚姻家庭' : studio.key === 'studio-440606'
            ? '拖欠农民工工资；其他劳动争议' : domainsOf(studio.key) });
}

// 一村一干一警一法律顾问一民调队伍, and the grid worker. One officer and one lawyer serve several villages.
function villageRoles(committee, members) {
    const head = members.find(r => r.org === committee.key && r.role === 'head');
    const town = committee.area.slice(0, 9);
    return ROLES.map(role => {
        const roaming = role === 'police' || role === 'counsel';
        const key = roaming ? `${role}${town}${below('beat' + committee.area, 8)}`
            : role + committee.area;
        const person = role === 'mediation_team' ? head
            : personOf(key, below('gender' + key, 2) ? 'f' : 'm');
        return row({ roster: 'village_role', area: committee.area, name: person.name, role,
            gender: person.gender, account: person.account,
            org: { cadre: `village_${committee.key}`, grid_worker: `centre-${committee.area}`,
                police: `police-${town}`, mediation_team: committee.key }[role],
            phone: person.phone ?? sharedPhone(key), from_day: -200 });
    });
}

function* nightDuty({ orgs, accounts }) {
    for (const [key, logins] of Object.entries(DUTY)) {
        const org = orgs.find(o => o.key === key);
        for (let day = 0; day < 14; day++) {
            const account = accounts.find(a => a.login === logins[day % logins.length]);
            yield row({ roster: 'night_duty', org: key, area: org.area, name: account.name,
                gender: account.gender, account: account.login, phone: account.phone,
                role: 'on_duty', from_day: day, to_day: day + 1, from_time: '17:30',
                to_time: '08:30' });
        }
    }
}

export function makeRosters(city) {
    const open = city.orgs.filter(o => !o.ended);
    const committees = open.filter(o => o.kind.startsWith('committee.'));
    const members = committees.flatMap(o => membersOf(o, city));
    markMinority(members);
    const named = members.filter(m => m.account || m.role === 'head' || SPECIAL[m.org]);
    return [...members, ...named.map(mediatorOf),
        ...open.filter(o => o.kind === 'studio').map(o => studioHead(o, city)),
        ...committees.filter(o => /^\d{9}(?!000)\d{3}$/.test(o.area))
            .flatMap(o => villageRoles(o, members)),
        ...nightDuty(city)];
}
