export { Bars, Days, Dots, IndonesiaMap, Strip } from './chart.tsx'
export { Choices, ErrorSummary, type Option, Select, sentence, TextArea, TextField, Tick } from './field.tsx'
export { ActionButton, Form, KeptForm } from './form.tsx'
export { Icon } from './icon.tsx'
export { Page, type TrailStep } from './page.tsx'
export {
  type Column,
  Facts,
  type Happened,
  History,
  hrefWith,
  Notice,
  Numbers,
  Pager,
  State,
  Table,
  Tabs,
  type Tone,
  When,
} from './parts.tsx'
export { Square } from './square.tsx'
