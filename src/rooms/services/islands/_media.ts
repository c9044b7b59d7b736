/** What a phone's camera, microphone and place finder give, in the shapes that a form takes. */

/** The longest side of a photograph, in pixels. */
const longest = 1600

/**
 * A photograph drawn anew: at most 1600 pixels and so many kilobytes, JPEG, upright, without anything a camera wrote beside
 * it. undefined when it cannot be made that small.
 */
export async function shrunk(file: Blob, kilobytes: number): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const canvas = document.createElement('canvas')
  try {
    for (let side = longest; side >= 300; side = Math.round(side * 0.75)) {
      const scale = Math.min(1, side / Math.max(picture.width, picture.height))
      canvas.width = Math.max(1, Math.round(picture.width * scale))
      canvas.height = Math.max(1, Math.round(picture.height * scale))
      const pen = canvas.getContext('2d')!
      // JPEG knows no transparency: it would turn black.
      pen.fillStyle = '#fff'
      pen.fillRect(0, 0, canvas.width, canvas.height)
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
      for (const quality of [0.8, 0.65, 0.5]) {
        const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/jpeg', quality))
        if (blob && blob.size <= kilobytes * 1024) return blob
      }
    }
  } finally {
    picture.close()
    canvas.width = 0
  }
  return undefined
}

export type Recording = { blob: Blob; seconds: number }

/** Record until `stop` or so many seconds have passed. Throws when there is no microphone or it is not allowed. */
export async function recording(most: number): Promise<{ stop: () => void; done: Promise<Recording> }> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: 24_000 })
  const chunks: Blob[] = []
  const begun = performance.now()
  const done = new Promise<Recording>((finished) => {
    recorder.ondataavailable = ({ data }) => chunks.push(data)
    recorder.onstop = () => {
      for (const track of stream.getTracks()) track.stop()
      const seconds = Math.min(most, Math.max(1, Math.round((performance.now() - begun) / 1000)))
      finished({ blob: new Blob(chunks, { type: recorder.mimeType }), seconds })
    }
  })
  const stop = () => recorder.state !== 'inactive' && recorder.stop()
  recorder.start()
  setTimeout(stop, most * 1000)
  return { stop, done }
}

export type Found = { lat: number; lon: number; accuracy: number }

/** Where the phone is now, as it says itself, with how far off it may be. Throws rather than guess. */
export function whereabouts(): Promise<Found> {
  return new Promise((found, failed) => {
    if (!navigator.geolocation) failed(new Error('none'))
    else
      navigator.geolocation.getCurrentPosition(
        ({ coords: { latitude, longitude, accuracy } }) =>
          found({ lat: round(latitude, 6), lon: round(longitude, 6), accuracy: Math.ceil(accuracy) }),
        failed,
        { enableHighAccuracy: true, timeout: 30_000, maximumAge: 0 },
      )
  })
}
const round = (n: number, places: number) => Number(n.toFixed(places))

/** Make a box one can sign in with a finger, a pen or a mouse; `changed` is told after each stroke. */
export function signable(canvas: HTMLCanvasElement, changed: () => void): { clear: () => void } {
  const pen = canvas.getContext('2d')!
  const clear = () => {
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.strokeStyle = '#1a1d1f'
    pen.lineWidth = 3
    pen.lineCap = 'round'
  }
  clear()
  const at = (event: PointerEvent): [number, number] => {
    const box = canvas.getBoundingClientRect()
    return [
      ((event.clientX - box.left) / box.width) * canvas.width,
      ((event.clientY - box.top) / box.height) * canvas.height,
    ]
  }
  let drawing = false
  canvas.addEventListener('pointerdown', (event) => {
    drawing = true
    canvas.setPointerCapture(event.pointerId)
    pen.beginPath()
    pen.moveTo(...at(event))
  })
  canvas.addEventListener('pointermove', (event) => {
    if (!drawing) return
    pen.lineTo(...at(event))
    pen.stroke()
  })
  canvas.addEventListener('pointerup', () => {
    drawing = false
    changed()
  })
  return { clear }
}
