// A page that only shows something is renewed in place, so that focus and what is read aloud are not lost. Without scripts the
// browser loads it anew.
const seconds = Number(document.querySelector('script[data-seconds]')?.dataset.seconds)
const renew = async () => {
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html')
    // Another page by now, or somebody is in a field: the whole page, or nothing.
    if (next.title !== document.title) return location.reload()
    for (const part of ['.top', 'main', '.foot']) {
      const [here, there] = [document.querySelector(part), next.querySelector(part)]
      if (!here || !there || here.innerHTML === there.innerHTML || here.contains(document.activeElement)) continue
      here.innerHTML = there.innerHTML
    }
  } catch {
    // The device is being started again; the next time will show it.
  }
}
if (seconds > 0) setInterval(renew, seconds * 1000)
