import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ownAddress } from '#platform/http.ts'
import { aWorld, type World } from './world.ts'

describe('the house: what every answer and every form is guarded by', () => {
  let world: World
  before(async () => {
    world = await aWorld()
  })
  after(() => world.drop())

  for (const address of ['/masuk', '/assets/style.css', '/sehat', '/tidak-ada', '/akun'])
    it(`sends the headers with ${address}`, async () => {
      const { headers } = await (await world.as()).get(address)
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'self'/)
      assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
      assert.doesNotMatch(headers.get('content-security-policy') ?? '', /unsafe|\*/)
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('x-frame-options'), 'DENY')
      assert.equal(headers.get('referrer-policy'), 'same-origin')
      assert.match(headers.get('strict-transport-security') ?? '', /max-age=\d{8}/)
      assert.equal(headers.get('x-powered-by'), null)
    })

  it('gives the icon also where a browser asks for it by its old name', async () => {
    const visitor = await world.as()
    const asked = await visitor.get('/favicon.ico')
    assert.equal(asked.status, 302)
    const icon = await visitor.get(asked.headers.get('location')!)
    assert.equal(icon.status, 200)
    assert.equal(icon.headers.get('content-type'), 'image/svg+xml')
  })

  const foreign: [what: string, headers: Record<string, string>][] = [
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['another host of our domain', { 'sec-fetch-site': 'same-site', origin: 'https://lain.contoh.go.id' }],
    ['a page without an origin', { origin: 'null' }],
    ['nobody knows where', {}],
    ['a host that only begins like ours', { origin: 'http://localhost.evil.example' }],
  ]
  for (const [what, headers] of foreign)
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'])
      it(`refuses a form of ${type.split(';')[0]} from ${what}`, async () => {
        const response = await world.web.request('http://localhost/masuk', {
          method: 'POST',
          body: 'email=a',
          headers: { 'content-type': type, ...headers },
        })
        assert.equal(response.status, 403)
        assert.match(await response.text(), /tidak dikirim dari|bukan dari|halaman kami/i)
      })
  it('takes a form from our own page: by fetch metadata, or by origin where the browser sends none', async () => {
    for (const headers of [{ 'sec-fetch-site': 'same-origin' }, { origin: 'http://localhost' }] as Record<
      string,
      string
    >[]) {
      const response = await world.web.request('http://localhost/masuk', {
        method: 'POST',
        body: new URLSearchParams({ email: 'a@b.id' }),
        headers,
      })
      assert.equal(response.status, 422)
    }
  })

  it('stops a body over 12 MB, whether its length is told or not', async () => {
    const big = new Uint8Array(12 * 1024 * 1024 + 1)
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
    const told = await world.web.request('/masuk', {
      method: 'POST',
      body: big,
      headers: { ...headers, 'content-length': String(big.length) },
    })
    assert.equal(told.status, 413)
    const untold = await world.web.request('/masuk', {
      method: 'POST',
      body: new ReadableStream({ pull: (c) => c.enqueue(big.subarray(0, 1024 * 1024)) }),
      headers,
      duplex: 'half',
    } as RequestInit)
    assert.equal(untold.status, 413)
  })

  it('keeps cookies on https when a trusted proxy says so, and believes nobody else', async () => {
    const headers = { 'x-forwarded-proto': 'https' }
    const cookieOf = async () =>
      (await (await world.as()).get('/bahasa/en?ke=/masuk', headers)).headers.get('set-cookie')
    assert.equal(await cookieOf(), 'bahasa=en; Max-Age=31536000; Path=/; SameSite=Lax')
    process.env.TRUST_PROXY = '1'
    try {
      assert.equal(await cookieOf(), 'bahasa=en; Max-Age=31536000; Path=/; SameSite=Lax; Secure')
    } finally {
      delete process.env.TRUST_PROXY
    }
    const direct = await world.web.request('https://melayani.example/bahasa/en')
    assert.match(direct.headers.get('set-cookie') ?? '', /; Secure$/)
  })

  it('leads on only to an address of our own', async () => {
    const wrong = [
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '/\n/evil.example',
      'https://evil.example',
      'evil',
      '',
      '/a\\b',
      ['/a'],
      undefined,
    ]
    for (const address of wrong) assert.equal(ownAddress(address), '/', String(address))
    for (const address of ['/', '/akun', '/gallery?q=a&hal=2#x', '/gallery/%09'])
      assert.equal(ownAddress(address), address)
    const visitor = await world.as()
    const response = await visitor.get(`/bahasa/en?ke=${encodeURIComponent('/\t/evil.example')}`)
    assert.equal(response.headers.get('location'), '/')
  })

  for (const address of [
    '/%',
    '/%E0%A4%A',
    '/akun%00',
    '/akun/sesi/%00/akhiri',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%00',
    '/masuk?ke=%00',
    '/bahasa/en?ke=%00%0d%0aSet-Cookie:x=1',
  ])
    it(`is not upset by ${address}`, async () => {
      const response = await (await world.as()).get(address)
      assert.ok([200, 303, 404].includes(response.status), String(response.status))
      assert.doesNotMatch(await response.text(), /"name": "melayani"|root:/)
    })
  it('is not upset by a NUL that somebody types', async () => {
    const response = await (await world.as()).post('/masuk', { email: 'a\0@b.id', password: '\0' })
    assert.equal(response.status, 422)
  })
  it('is not upset by cookies that are nonsense', async () => {
    for (const cookie of [
      'sesi=%00',
      'sesi=%E0%A4%A',
      'flash=%E0%A4%A',
      'bahasa=xx; sesi=',
      `sesi=${'x'.repeat(5000)}`,
    ])
      assert.equal((await world.web.request('/masuk', { headers: { cookie } })).status, 200, cookie.slice(0, 30))
  })
  it('shows a kept sentence as text, whoever wrote the cookie', async () => {
    const cookie = `flash=${encodeURIComponent(encodeURIComponent('<img src=x onerror=alert(1)>'))}`
    const text = await (await world.web.request('/masuk', { headers: { cookie } })).text()
    assert.ok(text.includes('&lt;img src=x onerror=alert(1)>'))
    assert.ok(!text.includes('<img src=x'))
  })
})
