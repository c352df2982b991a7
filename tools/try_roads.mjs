// The roads on which try_real.mjs takes a letter to its end: most are handled and
// replied to; some are sent back, lack details, wait for the weather, are declined,
// withdrawn, merged, reopened, asked about or answered with a no. Each road is what the
// people of a town would do, by the program's addresses, and ends in one state.

const WORDS = {
  summary: '已现场核实并处理。', reply: '您反映的问题已经办理，请查看结果。', no: '已说明理由，不能办理。',
};

// One matter on its way: remembers the version that the next action must name.
class Course {
  constructor(people, id) {
    Object.assign(this, { people, id });
  }
  async begin() {
    const m = await this.people.clerk.get(`/api/v1/matters/${this.id}`);
    Object.assign(this, { version: m.version, state: m.state, number: m.number, parties: m.parties });
    return this;
  }
  async act(who, action, body = {}) {
    const m = await this.people[who].send('POST', `/api/v1/matters/${this.id}/actions/${action}`, body, this.version);
    Object.assign(this, { version: m.version, state: m.state });
    this.people.steps.add(action);
    this.people.sent++;
  }
  async hinted() {
    const hint = await this.people.dispatcher.get(`/api/v1/matters/${this.id}/hint`);
    if (!hint.items.length || !hint.items.every((h) => h.reasons.length)) throw new Error('no hint');
    return hint.items.find((h) => h.name === this.people.own) ?? hint.items[0];
  }
  async assign() {
    const to = await this.hinted();
    await this.act('dispatcher', 'assign', { org: to.org, reason: to.reasons.join('；').slice(0, 280) });
  }
  async take() {
    await this.act('handler', 'take', { disclosed: true });
  }
  async accept() {
    await this.act('clerk', 'accept');
    await this.assign();
    await this.take();
  }
  async finish(outcome, answer) {
    const routes = outcome === 'resolved' ? {} : { routes: 'petition' };
    const summary = outcome === 'resolved' ? WORDS.summary : WORDS.no;
    await this.act('handler', 'conclude', { outcomes: [{ outcome }], summary, ...routes });
    await this.act('handler', 'reply', { text: WORDS.reply });
    await this.act('clerk', 'close', { answers: this.parties.map((x) => ({ party: x.id, answer })) });
  }
  async visit() {
    await this.act('clerk', 'visit', { parties: this.parties.map((x) => ({ party: x.id, reached: true })) });
  }
}

// share: of a hundred letters; end: the state it ends in.
const ROADS = [
  { name: 'resolved', share: 44, end: 'closed', async go(c) { await c.accept(); await c.finish('resolved', 'yes'); } },
  { name: 'explained', share: 12, end: 'closed', async go(c) { await c.accept(); await c.finish('explained', 'yes'); } },
  { name: 'cannot, and denied', share: 5, end: 'closed', async go(c) { await c.accept(); await c.finish('cannot', 'no'); } },
  { name: 'outside the remit', share: 4, end: 'closed', async go(c) { await c.accept(); await c.finish('outside_remit', 'yes'); } },
  {
    name: 'sent back once', share: 6, end: 'closed',
    async go(c) {
      await c.act('clerk', 'accept');
      await c.act('dispatcher', 'assign', { org: c.people.station, reason: '按来信所述试派' });
      await c.act('police', 'object', { reason: '所述事项由街道办理' });
      await c.act('dispatcher', 'decide_objection', { stands: true, text: '异议成立' });
      await c.assign();
      await c.take();
      await c.finish('resolved', 'yes');
    },
  },
  {
    name: 'transferred', share: 3, end: 'closed',
    async go(c) {
      await c.act('clerk', 'accept');
      await c.act('dispatcher', 'assign', { org: c.people.station, reason: '按来信所述试派' });
      await c.act('dispatcher', 'transfer', { org: (await c.hinted()).org, reason: '改派街道办理' });
      await c.take();
      await c.finish('resolved', 'yes');
    },
  },
  {
    name: 'details wanted', share: 5, end: 'closed',
    async go(c) {
      await c.act('clerk', 'ask_details', { text: '请说明具体地点。' });
      await c.act('clerk', 'add_details', { text: '来电补充了门牌号。' });
      await c.accept();
      await c.finish('resolved', 'yes');
    },
  },
  {
    name: 'paused with approval', share: 3, end: 'closed',
    async go(c) {
      await c.accept();
      await c.act('handler', 'ask_approval', { action: 'pause', text: '雨季过后才能施工' });
      await c.act('above', 'decide_approval', { approved: true });
      await c.act('handler', 'pause', { reason: 'season', text: '雨季过后施工' });
      await c.act('handler', 'resume', { text: '已复工' });
      await c.finish('resolved', 'yes');
    },
  },
  {
    name: 'urged and answered', share: 3, end: 'closed',
    async go(c) {
      await c.accept();
      await c.act('clerk', 'urge', { party: c.parties[0].id, text: '来电询问进度' });
      await c.act('handler', 'answer_urge', { text: '本周内答复' });
      await c.finish('resolved', 'yes');
    },
  },
  {
    name: 'reopened', share: 3, end: 'closed',
    async go(c) {
      await c.accept();
      await c.finish('resolved', 'yes');
      await c.act('clerk', 'reopen', { why: 'rebound', text: '问题再次出现' });
      await c.take();
      await c.finish('resolved', 'yes');
    },
  },
  {
    name: 'visited and put away', share: 3, end: 'archived',
    async go(c) {
      await c.accept();
      await c.finish('resolved', 'yes');
      await c.visit();
      await c.act('clerk', 'archive');
    },
  },
  { name: 'declined', share: 5, end: 'declined', go: (c) => c.act('clerk', 'decline', { reason: 'outside', text: '不属本机构职责，已告知有权机构。' }) },
  {
    name: 'withdrawn', share: 2, end: 'withdrawn',
    async go(c) {
      await c.act('clerk', 'accept');
      for (const x of c.parties.filter((p) => p.role === 'applicant')) await c.act('clerk', 'withdraw', { party: x.id });
    },
  },
  { name: 'merged', share: 2, end: 'merged', go: (c) => c.act('clerk', 'merge', { number: c.people.head, reason: '反映同一事项' }) },
];

/** The road of letter i: spread evenly, the same in every run. */
export function roadOf(i) {
  let at = (i * 37) % 100;
  return ROADS.find((r) => (at -= r.share) < 0);
}

/** Takes matter id along the road; tells the state it came to. */
export async function walk(people, id, road) {
  const c = await new Course(people, id).begin();
  await road.go(c);
  return c.state;
}

/** Bodies and matters that the roads name. */
export async function prepare(people) {
  const police = await people.dispatcher.get('/api/v1/orgs?q=' + encodeURIComponent('桂城派出所'));
  const head = await people.clerk.send('POST', '/api/v1/matters', {
    kind: 'request', title: '多人来信反映的同一事项', parties: [{ role: 'applicant', name: '来信人' }],
  });
  const number = (await people.clerk.get(`/api/v1/matters/${head.id}`)).number;
  return Object.assign(people, { station: police.items[0].id, head: number, steps: new Set(), sent: 0 });
}
