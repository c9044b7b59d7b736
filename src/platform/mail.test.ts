import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { type Fresh, freshDatabase } from '../../test/database.ts'
import { post, sendWaiting } from './mail.ts'

/** As much of a mail server as a letter needs; it refuses the address of `refused`. */
async function aMailServer(refused = '') {
  const letters: string[] = []
  const server = createServer((socket) => {
    let data: string | undefined
    socket.write('220 ready\r\n')
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      if (data !== undefined) {
        data += chunk
        if (!data.endsWith('\r\n.\r\n')) return
        letters.push(data)
        data = undefined
        socket.write('250 taken\r\n')
        return
      }
      for (const line of chunk.split('\r\n').filter(Boolean)) {
        if (/^DATA/i.test(line)) data = ''
        if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
        else if (refused && line.includes(refused)) socket.write('550 no such mailbox\r\n')
        else socket.write(/^DATA/i.test(line) ? '354 go on\r\n' : '250 ok\r\n')
      }
    })
    socket.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { letters, url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

describe('letters', () => {
  let fresh: Fresh
  before(async () => {
    fresh = await freshDatabase()
  })
  after(() => fresh.drop())

  const to = (name: string) => ({ name, email: `${name}@contoh.go.id` })
  const stored = () =>
    fresh.db.selectFrom('log.mail').select(['to_name', 'body', 'attempts', 'failure']).orderBy('to_name').execute()

  it('wait while no mail server is set, and keep their text', async () => {
    await post(fresh.db, [
      { to: to('ani'), subject: 'Undangan', body: 'tautan rahasia', once: true },
      { to: to('budi'), subject: 'Kabar', body: 'kabar biasa' },
    ])
    assert.equal(await sendWaiting(fresh.db, ''), 0)
    assert.deepEqual(
      (await stored()).map(({ body, attempts }) => [body, attempts]),
      [
        ['tautan rahasia', 0],
        ['kabar biasa', 0],
      ],
    )
  })

  it('are sent once each; the text of one with a one-time link is emptied then', async () => {
    const server = await aMailServer()
    try {
      assert.equal(await sendWaiting(fresh.db, server.url), 2)
      assert.equal(await sendWaiting(fresh.db, server.url), 0)
      assert.equal(server.letters.length, 2)
      // Two letters of one millisecond have no order.
      assert.equal(server.letters.filter((letter) => letter.includes('tautan rahasia')).length, 1)
      assert.deepEqual(
        (await stored()).map(({ to_name, body }) => [to_name, body]),
        [
          ['ani', ''],
          ['budi', 'kabar biasa'],
        ],
      )
    } finally {
      server.close()
    }
  })

  it('that a server refuses say why and are tried again', async () => {
    const refusing = await aMailServer('citra@')
    try {
      await post(fresh.db, [{ to: to('citra'), subject: 'Undangan', body: 'tautan', once: true }])
      assert.equal(await sendWaiting(fresh.db, refusing.url), 0)
      const letter = (await stored()).at(-1)!
      assert.deepEqual([letter.body, letter.attempts], ['tautan', 1])
      assert.match(letter.failure!, /no such mailbox/)
    } finally {
      refusing.close()
    }
    const server = await aMailServer()
    try {
      assert.equal(await sendWaiting(fresh.db, server.url), 1)
      assert.deepEqual((await stored()).at(-1), { to_name: 'citra', body: '', attempts: 2, failure: null })
    } finally {
      server.close()
    }
  })
})
