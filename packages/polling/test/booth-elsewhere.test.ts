import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { boxRefusal } from '../src/booth/device.ts'
import { openHubLink } from '../src/booth/hub-link.ts'
import { openBox } from '../src/media/box.ts'
import { openChain } from '../src/media/chain.ts'
import { openMedium } from '../src/media/medium.ts'
import { boxPlan } from '../src/media/slot-size.ts'
import { listen } from '../src/screen/index.ts'
import { rig } from './booth-rig.ts'
import { castSlots, openStationWorld } from './station-world.ts'

test('a token that was copied opens a ballot at one booth: the other hears of it from the station, sorted and without a time', async (t) => {
  const world = await openStationWorld({ voters: 4, reserve: 2, candidates: ['Sari', 'Budi'], booths: 2 })
  const served = await listen(world.hub, 0)
  t.after(async () => {
    await served.close()
    rmSync(world.folder, { recursive: true, force: true })
  })
  const [one, two] = [await world.join('booth'), await world.join('booth')]
  const { slots, sent } = castSlots(world, [1, 2, 1])
  await world.tell(one, '/hub/box', { box: 'x', slots: sent })
  const links = await Promise.all(
    [one, two].map(async ({ device, key }) => {
      const media = [openMedium(`${device}-ssd`, path.join(world.folder, `${device}-ssd`))]
      const certificate = await (await world.hub.request(`/hub/join/${key.key}`)).json()
      media[0]!.replace('station.json', new TextEncoder().encode(JSON.stringify(certificate)))
      const link = openHubLink({
        media,
        address: `127.0.0.1:${served.port}`,
        key,
        packageHash: world.made.hash,
        device,
        box: openBox(media, boxPlan(world.made.package, world.made.hash)),
        log: openChain(media, device, key, world.made.hash),
        changed: () => {},
      })
      await link.exchange()
      return link
    }),
  )
  const knows = links.map((link) => slots.map(({ credential }) => link.outside.usedElsewhere(credential)))
  assert.deepEqual(knows, [
    [false, false, false],
    [true, true, true],
  ])
  assert.equal(links[1]!.outside.usedElsewhere('a credential that nobody used'), false)
})

test('a token known to be used elsewhere opens nothing here', async () => {
  const fresh = rig()
  const one = rig({ elsewhere: [fresh.credential(0)] })
  const voter = one.nextVoter()
  await voter.take(one.token(0))
  assert.deepEqual(voter.view().notice, { code: 'used' })
  await voter.take(one.token(1))
  assert.equal(voter.view().state, 'choosing')
})

test('a booth that takes the place of another does not go on with its stick, and none begins anew without its own box (R54)', (t) => {
  const root = mkdtempSync(path.join(tmpdir(), 'melayani-swap-'))
  t.after(() => rmSync(root, { recursive: true }))
  const { made } = rig()
  const plan = boxPlan(made.package, made.hash)
  const stick = openMedium('usb', path.join(root, 'stick'))
  openBox([stick], plan).put('c')
  assert.equal(boxRefusal(0, openBox([openMedium('ssd', path.join(root, 'new')), stick], plan)), 'foreign-box')
  assert.equal(boxRefusal(5, openBox([openMedium('ssd', path.join(root, 'other'))], plan)), 'box-gone')
  assert.equal(boxRefusal(0, openBox([openMedium('ssd', path.join(root, 'first'))], plan)), undefined)
  assert.equal(boxRefusal(5, openBox([stick], plan)), undefined)
})
