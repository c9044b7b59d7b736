// Comfort only: every page works without it. Nothing here is stored, and nothing is sent.
const body = document.body
const stops = () =>
  [...document.querySelectorAll('main button, main input:not([type=hidden]), main a, .tools button, .tools a')].filter(
    (each) => !each.hidden && each.offsetParent !== null && getComputedStyle(each).visibility !== 'hidden',
  )

if (body.dataset.refresh) setTimeout(() => location.replace('/'), Number(body.dataset.refresh) * 1000)

// A form goes once: a trembling hand presses twice.
for (const form of document.forms)
  form.addEventListener('submit', (event) => {
    if (body.classList.contains('busy')) event.preventDefault()
    body.classList.add('busy')
  })

// Nothing that a key or a hand does leads out of the page (R40): no printing, no other address, no menu, no file let fall on it, no zoom
// that the next voter would find. What the browser itself takes before the page is shut off by its policy, see kiosk/chromium.json.
addEventListener(
  'keydown',
  (event) => {
    if (
      event.ctrlKey ||
      event.altKey ||
      event.metaKey ||
      /^F\d+$|^Browser|^Launch|^Print|^ContextMenu$/.test(event.key)
    )
      event.preventDefault()
  },
  true,
)
for (const kind of ['contextmenu', 'dragstart', 'dragover', 'drop', 'auxclick'])
  addEventListener(kind, (event) => event.preventDefault())
addEventListener('wheel', (event) => event.ctrlKey && event.preventDefault(), { passive: false })
// A page that the browser has kept is an old one.
addEventListener('pageshow', (event) => event.persisted && location.replace('/'))

// Arrow keys walk through what can be pressed; a digit goes to the candidate of that number, 0 to the blank vote.
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return
  const typing = event.target instanceof HTMLInputElement && event.target.type !== 'radio'
  if (typing || body.dataset.switches !== 'none') return
  const all = stops()
  const at = all.indexOf(document.activeElement)
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
  if (step && !(event.target instanceof HTMLInputElement)) {
    event.preventDefault()
    all[(at + step + all.length) % all.length]?.focus()
  }
  if (/^\d$/.test(event.key)) {
    const wanted = event.key === '0' ? 'blank' : event.key
    document.querySelector(`.candidate[value="${wanted}"]`)?.focus()
  }
})

// The key of the voice, on every page that has its button: who cannot see it needs no page of settings.
const voice = document.getElementById('voice')
if (voice)
  addEventListener(
    'keydown',
    (event) => {
      if (event.key !== voice.dataset.key) return
      event.preventDefault()
      if (!event.repeat) voice.click()
    },
    true,
  )

// One switch: a frame moves by itself, the switch (space or enter) presses. Two switches: space moves on, enter presses.
const scan = body.dataset.switches
if (scan === 'one' || scan === 'two') {
  // Remembered as what it is, not by its place: a button may appear before it.
  let current
  const go = () => {
    const all = stops()
    current?.classList.remove('scanned')
    current = all[(all.indexOf(current) + 1) % all.length]
    current?.classList.add('scanned')
    current?.focus()
  }
  const first = document.querySelector('main button, main input:not([type=hidden])')
  if (first) current = stops()[stops().indexOf(first) - 1]
  go()
  const seconds = 2.5 / Number(body.dataset.rate || 1)
  if (scan === 'one') setInterval(go, seconds * 1000)
  addEventListener(
    'keydown',
    (event) => {
      const press = event.key === 'Enter' || (scan === 'one' && event.key === ' ')
      const move = scan === 'two' && event.key === ' '
      if (!press && !move) return
      event.preventDefault()
      if (event.repeat) return
      if (move) go()
      else current?.click()
    },
    true,
  )
}

// Spoken words: those of the page when it appears, those of a candidate when it is reached.
let playing
const say = (list) => {
  playing?.pause()
  const [next, ...rest] = list
  if (!next) return
  playing = new Audio(next)
  playing.playbackRate = Number(body.dataset.rate || 1)
  playing.addEventListener('ended', () => say(rest))
  playing.play().catch(() => {})
}
const words = (text) => (text || '').split(' ').filter(Boolean)
if (body.dataset.spoken) {
  say(words(body.dataset.spoken))
  const repeat = document.getElementById('repeat')
  if (repeat) {
    repeat.hidden = false
    repeat.addEventListener('click', () => say(words(body.dataset.spoken)))
  }
  addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.dataset.speak) say(words(target.dataset.speak))
  })
}
