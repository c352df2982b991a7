/* A browser by the name people know, and where it runs: "Chrome 120 · Windows". */

const browsers: [RegExp, string][] = [
  [/MicroMessenger\/(\d+)/, 'WeChat'], [/Edg(?:e|A|iOS)?\/(\d+)/, 'Edge'], [/QQBrowser\/(\d+)/, 'QQ'], [/Firefox\/(\d+)/, 'Firefox'],
  [/Chrom(?:e|ium)\/(\d+)/, 'Chrome'], [/Version\/(\d+).*Safari/, 'Safari'],
];
const systems: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'], [/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/Linux/, 'Linux'],
];

/** What nobody knows is told as it came. */
export function browserName(agent: string): string {
  const found = browsers.find(([sign]) => sign.test(agent));
  const system = systems.find(([sign]) => sign.test(agent))?.[1];
  if (!found) return agent;
  const name = `${found[1]} ${found[0].exec(agent)?.[1] ?? ''}`.trim();
  return system ? `${name} · ${system}` : name;
}
