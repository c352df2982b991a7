/* A mail server of a few lines: it takes what it is told to take, and refuses the rest
 * for good. */
import { once } from 'node:events';
import { createServer } from 'node:net';

export async function startMail() {
  const mail = { refuse: false, taken: [], refused: 0, url: '', stop: () => server.close() };
  const server = createServer((socket) => {
    let left = '';
    let body = null;
    const say = (line) => socket.write(`${line}\r\n`);
    function line(text) {
      if (body !== null) {
        if (text !== '.') return void body.push(text);
        mail.taken.push(body.join('\n'));
        body = null;
        return say('250 taken');
      }
      const word = text.slice(0, 4).toUpperCase();
      if (word === 'QUIT') return socket.end('221 bye\r\n');
      if (word === 'RCPT' && mail.refuse) {
        mail.refused++;
        return say('550 no such mailbox');
      }
      if (word === 'DATA') body = [];
      say(word === 'DATA' ? '354 go on' : '250 ok');
    }
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      const lines = (left + bytes.toString('latin1')).split('\r\n');
      left = lines.pop();
      lines.forEach(line);
    });
    say('220 mail');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  mail.url = `smtp://127.0.0.1:${server.address().port}`;
  return mail;
}
/** The text of a mail: its last part is base64. */
export const textOf = (mail) => Buffer.from(mail.split('\n\n').pop().replace(/\s/g, ''), 'base64').toString('utf8');
