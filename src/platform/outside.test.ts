import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, describe, it } from 'node:test'
import { allowLocal, askOutside, isPublicAddress, mayReach } from './outside.ts'

describe('platform: asking addresses outside', () => {
  after(() => allowLocal(false))

  it('goes to the public internet by https alone', () => {
    const allowed = [
      'https://melayani.go.id',
      'https://melayani.go.id:8443/x',
      'https://8.8.8.8/',
      'https://[2606:4700::1111]/',
    ]
    const refused = [
      'http://melayani.go.id',
      'ftp://melayani.go.id',
      'file:///etc/passwd',
      'https://user:secret@melayani.go.id',
      'https://localhost',
      'https://intranet',
      'https://127.0.0.1',
      'https://2130706433',
      'https://0x7f.1',
      'https://10.1.2.3',
      'https://169.254.169.254/latest/meta-data',
      'https://[::1]',
      'https://[::ffff:127.0.0.1]',
      'https://[fd00::1]',
      'https://[fe80::1]',
      'https://[2002:7f00:1::]',
      'http://127.0.0.1:3000',
      'no address',
    ]
    assert.deepEqual([...allowed, ...refused].filter(mayReach), allowed)
  })

  it('tells public machines from private ones at the edges of every block', () => {
    const at = (...list: string[]) => list.map((ip) => isPublicAddress(ip))
    assert.deepEqual(at('9.255.255.255', '10.0.0.0', '10.255.255.255', '11.0.0.0'), [true, false, false, true])
    assert.deepEqual(at('172.15.255.255', '172.16.0.0', '172.31.255.255', '172.32.0.0'), [true, false, false, true])
    assert.deepEqual(at('100.63.255.255', '100.64.0.0', '100.127.255.255', '100.128.0.0'), [true, false, false, true])
    assert.deepEqual(at('223.255.255.255', '224.0.0.0', '255.255.255.255'), [true, false, false])
    assert.deepEqual(at('2606:4700::1111', '::', '::1', 'fc00::1', 'ff02::1', '2001:db8::1'), [
      true,
      false,
      false,
      false,
      false,
      false,
    ])
  })

  it('refuses a name that leads to this machine, follows no redirect, and reads no more than it was told', async () => {
    const server = createServer((asked, answer) => {
      if (asked.url === '/away') answer.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
      else if (asked.url === '/slow') return
      else answer.end('x'.repeat(1000))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const reasonOf = (address: string, most = 2000, seconds = 5) =>
      askOutside(address, { most, seconds }).then(
        ({ status }) => status,
        ({ reason }: { reason: string }) => reason,
      )
    assert.equal(await reasonOf(`http://127.0.0.1:${port}/`), 'address-not-allowed')
    assert.equal(await reasonOf(`https://localhost.localdomain:${port}/`).then((reason) => reason !== 200), true)
    allowLocal(true)
    assert.equal(await reasonOf(`http://127.0.0.1:${port}/`), 200)
    assert.equal(await reasonOf(`http://127.0.0.1:${port}/away`), 302)
    assert.equal(await reasonOf(`http://127.0.0.1:${port}/`, 999), 'answer-too-large')
    assert.equal(await reasonOf(`http://127.0.0.1:${port}/slow`, 999, 0.2), 'no-answer')
    assert.equal(await reasonOf('http://127.0.0.2:80/'), 'address-not-allowed')
    server.closeAllConnections()
    server.close()
  })
})
