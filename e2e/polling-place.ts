import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { ElectionPackage, Role, Signed } from '../packages/polling/src/format/index.ts'
import { Device, textOf, until } from './device.ts'

export type PlacePlan = {
  readonly root: string
  readonly package: Signed
  /** Where all cards lie, as `<id>.card.json`. */
  readonly table: string
  readonly pinOf: (card: string) => string
  /** Tokens as printed on the cards of this place's box, shuffled. */
  readonly tokens: readonly string[]
  readonly booths?: number
  /** A free port for each booth's page for voters, which outlives the process of a single voter. */
  readonly ports: readonly number[]
}

export type VoterCard = { readonly nik: string; readonly name: string }

/** One polling place: a station, a desk and booths, each a process with folders of its own, and the people who serve there. */
export class PollingPlace {
  readonly content: ElectionPackage
  readonly root: string
  readonly station: Device
  readonly desk: Device
  readonly booths: readonly Device[]
  readonly #plan: PlacePlan
  readonly #clock: string
  readonly #tokens: string[]
  #hub = ''
  /** Address of each booth's page for voters. */
  readonly voterPages: readonly string[]
  issued = 0

  constructor(plan: PlacePlan) {
    this.#plan = plan
    this.root = plan.root
    this.content = JSON.parse(plan.package.text)
    this.#tokens = [...plan.tokens]
    this.voterPages = plan.ports.map((port) => `http://127.0.0.1:${port}`)
    mkdirSync(plan.root, { recursive: true })
    const file = this.at('package.json')
    writeFileSync(file, JSON.stringify(plan.package))
    this.#clock = this.at('clock')
    this.setTime('02:00')
    const shared = (name: string) => [
      ...['--package', file, '--reader', this.at(name, 'reader'), '--printer', `sim:${this.at(name, 'paper')}`],
      ...['--port', '0'],
    ]
    const media = (name: string, one: string, two: string) => [one, this.at(name, 'ssd'), two, this.at(name, 'usb')]
    const device = (name: string, args: () => string[], env = {}) => new Device(name, this.at(name), args, env)
    this.station = device(
      'station',
      () => [
        ...['station', ...shared('station'), ...media('station', '--media', '--media')],
        ...['--hub', '127.0.0.1:0', '--stick', this.at('stick')],
      ],
      { MELAYANI_CLOCK: this.#clock },
    )
    // Where the station listens is known once it runs.
    const late = (name: string, more: readonly string[]) =>
      device(name, () => [...more, ...shared(name), ...media(name, '--folder', '--usb'), '--hub', this.#hub])
    this.desk = late('desk', ['desk', '--every', '300', '--lan', '127.0.0.1:0', '--ektp', this.at('desk', 'ektp')])
    this.booths = Array.from({ length: plan.booths ?? 2 }, (_, at) =>
      late(`booth-${at + 1}`, ['booth', '--session-port', String(plan.ports[at])]),
    )
  }

  at(...names: string[]): string {
    return path.join(this.root, ...names)
  }

  /** Universal time "HH:MM" on the day of the election, as the station's clock has it. */
  setTime(time: string): void {
    writeFileSync(this.#clock, `${this.content.election.date}T${time}:00Z`)
  }

  officer(role: Role, at = 0): string {
    return this.content.officers.filter((each) => each.role === role)[at]!.id
  }

  get two(): string[] {
    return [this.officer('chair'), this.officer('officer')]
  }

  /** The card lies in the device's reader, and what was in it on the table again. */
  insert(device: Device, id?: string): void {
    const reader = path.join(device.folder, 'reader')
    for (const file of readdirSync(reader))
      if (file.endsWith('.card.json')) renameSync(path.join(reader, file), path.join(this.#plan.table, file))
    if (id) renameSync(path.join(this.#plan.table, `${id}.card.json`), path.join(reader, `${id}.card.json`))
  }

  /** A form to which officers must agree: their cards one after the other. */
  async agree(device: Device, at: string, form: Record<string, string> | FormData, cards: readonly string[]) {
    const begun = await device.post(at, form)
    if (!begun.at.startsWith('/act/')) throw new Error(`${device.name} ${at}: ${begun.status} ${textOf(begun.text)}`)
    let last = begun
    for (const id of cards) {
      this.insert(device, id)
      last = await device.post(begun.at, { pin: this.#plan.pinOf(id) })
      if (last.status >= 400) throw new Error(`${device.name} ${at}, ${id}: ${last.status} ${textOf(last.text)}`)
    }
    this.insert(device)
    return last
  }

  /** From switched off to devices that know each other; the roll is opened by the chair's card. */
  async start(): Promise<void> {
    await this.station.start()
    await this.agree(this.station, '/trust', {}, this.two)
    this.#hub = await this.station.says(/hub (127\.0\.0\.1:\d+)/)
    await Promise.all([this.desk, ...this.booths].map((device) => device.start()))
    for (const booth of this.booths) {
      await until(async () => (await booth.get('/')).text.includes('action="/trust"'), `${booth.name} sees the station`)
      await booth.post('/trust')
    }
    // As people do it: the number on the device's screen is looked for on the station's, so that the first booth is booth 1.
    for (const device of [this.desk, ...this.booths]) {
      const found = await until(async () => {
        const mark = markIn((await device.get('/')).text)
        const page = (await this.station.get('/devices')).text
        const asking = [...page.matchAll(/big-hash[^>]*>([0-9A-F ]{24})<[\s\S]*?action="(\/devices\/admit\/\w+)"/g)]
        return asking.find(([, shown]) => shown === mark)?.[2]
      }, `${device.name} asks to join`)
      await this.agree(this.station, found, {}, this.two)
    }
    await until(async () => (await this.desk.get('/')).text.includes('action="/unlock"'), 'the desk is admitted')
    await this.agree(this.desk, '/unlock', { same: 'yes' }, [this.officer('chair')])
    for (const booth of this.booths) await booth.says(/voters (http:\/\/127\.0\.0\.1:\d+)/)
  }

  /** Zero report, witnesses, polls open; and every device has heard of it. */
  async open(): Promise<void> {
    const { station } = this
    for (const booth of this.booths) {
      await booth.post('/paper')
      await this.agree(booth, '/paper/good', {}, this.two)
    }
    await station.post('/zero/self-test')
    const tokens = String(this.content.pool.size)
    await this.agree(station, '/zero', { tokens, paper: 'ya' }, [this.officer('chair')])
    await this.agree(station, '/zero/witness', {}, [this.officer('witness')])
    await station.post('/zero/print')
    await this.agree(station, '/open', {}, this.two)
    for (const page of this.voterPages)
      await until(
        async () => (await this.booths[0]!.get('/', page)).text.includes('action="/token"'),
        'a booth is open',
      )
  }

  /** Card, finger, token with its stamp: what the voter carries to a booth. */
  async checkIn(voter: VoterCard): Promise<{ token: string; stamp: string }> {
    const { desk } = this
    const reader = path.join(desk.folder, 'ektp')
    rmSync(reader, { recursive: true, force: true })
    mkdirSync(reader, { recursive: true })
    writeFileSync(path.join(reader, 'kartu.ektp.json'), JSON.stringify(voter))
    await desk.post('/find', { q: '' })
    await desk.post('/finger')
    const page = await desk.post('/enter')
    const stamp = /data-stamp[^>]*>\s*([^<\s]+)/.exec(page.text)?.[1]
    if (!stamp) throw new Error(`no token: ${page.at} ${textOf(page.text)}`)
    this.issued++
    return { token: this.#tokens.pop()!, stamp }
  }

  /** What is asked of a voter in a booth, from token to "terima kasih". `choice` 0 is blank; `challenge` opens a ballot first. */
  async vote(booth: number, { token, stamp }: { token: string; stamp: string }, choice: number, challenge = false) {
    const device = this.booths[booth]!
    const page = this.voterPages[booth]!
    const pick = choice === 0 ? 'blank' : String(choice)
    const shows = (mark: string) =>
      until(async () => {
        const { text } = await device.get('/', page)
        return text.includes(mark) ? text : undefined
      }, `${device.name} shows ${mark}`)
    const choose = async () => {
      await shows('action="/choose"')
      await device.post('/choose', { pick }, page)
      await device.post('/confirm', { pick, answer: 'yes' }, page)
      await shows('action="/decide"')
    }
    await shows('action="/token"')
    await device.post('/token', { token }, page)
    await device.post('/token', { token: stamp }, page)
    await choose()
    if (challenge) {
      await device.post('/decide', { do: 'test' }, page)
      await shows('action="/again"')
      await device.post('/again', {}, page)
      await choose()
    }
    await device.post('/decide', { do: 'cast' }, page)
    await shows('value="good"')
    // Pressed again until the slip has been looked at for long enough.
    await until(async () => {
      await device.post('/slip', { slip: 'good' }, page)
      return !(await device.get('/', page)).text.includes('action="/slip"')
    }, 'the slip is confirmed')
  }

  /** Papers of a kind that a device has printed. */
  papers(device: Device, kind: string): string[] {
    const folder = path.join(device.folder, 'paper')
    try {
      return readdirSync(folder)
        .filter((name) => name.startsWith(`${kind}-`) && name.endsWith('.txt') && !name.includes('.part'))
        .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    } catch {
      return []
    }
  }

  /** Closing time, boxes compared, counted by hand, the sheet signed, the tally announced and opened, the result signed and printed. */
  async close(cast: readonly number[], trustees: readonly string[]): Promise<Signed> {
    const { station } = this
    this.setTime('08:30')
    await this.agree(station, '/close', {}, this.two)
    for (const [at, count] of cast.entries()) {
      const device = `booth-${at + 1}`
      const form = { [`cast-${device}`]: String(count) }
      await until(
        async () => (await station.post(`/boxes/${device}`, form)).at.startsWith('/act/'),
        `${device} has sent all`,
      )
      await this.agree(station, `/boxes/${device}`, form, this.two)
    }
    const slips = this.booths.reduce((sum, booth) => sum + this.papers(booth, 'slip').length, 0)
    const unused = String(this.content.pool.size - this.issued)
    await station.post('/by-hand', { unused, slips: String(slips), slipsVoid: '0', replaced: '0' })
    await this.agree(station, '/sheet/sign', {}, [this.officer('chair')])
    await station.get('/tally')
    await this.agree(station, '/tally', {}, this.two)
    for (const id of trustees) {
      this.insert(station, id)
      const answer = await station.post('/cards', { pin: this.#plan.pinOf(id) })
      if (answer.status >= 400) throw new Error(`${id}: ${textOf(answer.text)}`)
    }
    this.insert(station)
    const counted = await station.post('/result/count')
    if (counted.status >= 400) throw new Error(textOf(counted.text))
    await this.agree(station, '/result/sign', {}, this.two)
    for (const at of [0, 1]) await this.agree(station, '/result/witness', {}, [this.officer('witness', at)])
    await station.post('/result/print')
    const plano = new FormData()
    plano.append('plano', new File([Uint8Array.from([0xff, 0xd8, 0xff, 0xd9])], 'plano.jpg', { type: 'image/jpeg' }))
    await this.agree(station, '/result/plano', plano, [this.officer('chair')])
    await this.agree(station, '/hand-over/record', {}, [this.officer('chair')])
    await station.post('/hand-over/usb')
    return JSON.parse(readFileSync(this.at('stick', `tps-${this.content.tps.number}.result.json`), 'utf8'))
  }

  record(): Uint8Array {
    return readFileSync(this.at('stick', `tps-${this.content.tps.number}.record`))
  }

  async stop(): Promise<void> {
    await Promise.all([this.station, this.desk, ...this.booths].map((device) => device.kill()))
  }
}

/** The number of its own that a device shows while it waits. */
const markIn = (html: string) => /[0-9A-F]{4}(?: [0-9A-F]{4}){4}/.exec(html.slice(html.indexOf('<main')))?.[0]
