-- Written by tools/dump-schema.ts from a freshly migrated database; read it in diffs.

-- Seleksi administrasi. A fail needs a second reader (reading 2), who decides; a later reading is a recorded change of the outcome, by somebody else than the one before. reasons are [{rule, note}].
table competition.admission
  agency uuid not null
  id uuid not null
  proposal uuid not null
  reading integer not null
  verdict text not null
  reasons jsonb not null default '[]'::jsonb
  note text
  source uuid  -- The earlier winner that the reader recommends to name as source, in the letter to the owners.
  by uuid not null
  at timestamp with time zone not null
  UNIQUE (agency, proposal, reading)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (source) REFERENCES competition.winner(id)
  CHECK (((reading >= 1) AND (reading <= 99)))
  CHECK ((verdict = ANY (ARRAY['pass'::text, 'fail'::text])))

-- The present text of each question. revision grows by one with each save; a save names the revision it started from.
table competition.answer
  agency uuid not null
  proposal uuid not null
  question text not null
  value text not null
  revision integer not null
  by uuid
  at timestamp with time zone not null
  PRIMARY KEY (agency, proposal, question)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CHECK ((revision >= 1))

-- Every text that was ever saved. Only added to.
table competition.answer_version
  agency uuid not null
  proposal uuid not null
  question text not null
  revision integer not null
  value text not null
  by uuid
  at timestamp with time zone not null
  PRIMARY KEY (agency, proposal, question, revision)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)

-- LSH bands of the signature: two texts with a band in common are compared. The band's number is mixed into the key.
table competition.band
  agency uuid not null
  proposal uuid not null
  wording integer not null
  band integer not null
  PRIMARY KEY (agency, proposal, band)
  FOREIGN KEY (agency, proposal) REFERENCES competition.signature(agency, proposal) ON DELETE CASCADE
  CREATE INDEX band_key ON competition.band USING btree (band, wording)

-- What the local admin asks for, question by question.
table competition.comment
  agency uuid not null
  id uuid not null
  proposal uuid not null
  question text
  text text not null
  by uuid not null
  at timestamp with time zone not null
  settled timestamp with time zone
  settled_by uuid
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (settled_by) REFERENCES people.person(id)
  CREATE INDEX comment_agency_proposal_idx ON competition.comment USING btree (agency, proposal)

table competition.evidence
  agency uuid not null
  id uuid not null
  proposal uuid not null
  question text not null
  kind text not null
  file uuid
  link text
  label text not null
  by uuid
  at timestamp with time zone not null
  removed timestamp with time zone
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (file) REFERENCES log.file(id)
  CHECK (((kind = 'link'::text) = (link IS NOT NULL)))
  CHECK (((kind = 'link'::text) = (file IS NULL)))
  CHECK ((kind = ANY (ARRAY['pdf'::text, 'photo'::text, 'link'::text])))
  CREATE INDEX evidence_agency_proposal_idx ON competition.evidence USING btree (agency, proposal) WHERE (removed IS NULL)

-- What the machine found on a submission, for the administrative selection. It decides nothing; it is made anew when the rules or the proposals beside it change.
table competition.examination
  agency uuid not null
  proposal uuid not null
  round uuid not null
  version integer not null  -- The version of the round's rules that was applied.
  findings jsonb not null
  rules text[] not null  -- The rules with a finding other than pass, for filtering.
  fails integer not null
  warnings integer not null
  hints integer not null
  at timestamp with time zone not null
  PRIMARY KEY (agency, proposal)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CREATE INDEX examination_round_fails_warnings_hints_idx ON competition.examination USING btree (round, fails DESC, warnings DESC, hints DESC)

-- Recorded decisions to move the closing time of submission. The latest decision counts.
table competition.extension
  id uuid not null
  round uuid not null
  until timestamp with time zone not null
  reason text not null
  by uuid not null
  at timestamp with time zone not null
  PRIMARY KEY (id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)

-- Submissions that are like one another. Within a round a pair stands in both directions; towards an earlier year only from the later one.
table competition.likeness
  agency uuid not null
  proposal uuid not null
  other_agency uuid not null
  other uuid not null
  title double precision not null
  text double precision  -- Jaccard likeness of the three-word shingles; null when only the titles are near.
  at timestamp with time zone not null
  PRIMARY KEY (agency, proposal, other_agency, other)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (other_agency, other) REFERENCES competition.proposal(agency, id)
  CHECK ((proposal <> other))
  CHECK (((text >= (0)::double precision) AND (text <= (1)::double precision)))
  CHECK (((title >= (0)::double precision) AND (title <= (1)::double precision)))
  CREATE INDEX likeness_other_agency_other_idx ON competition.likeness USING btree (other_agency, other)

-- Where the proposal lay, since when, and who moved it.
table competition.move
  agency uuid not null
  id uuid not null
  proposal uuid not null
  from_state text not null
  to_state text not null
  by uuid
  at timestamp with time zone not null
  note text
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CREATE INDEX move_agency_proposal_at_idx ON competition.move USING btree (agency, proposal, at)

-- One innovation entered in one round. draft and returned lie with the UPP, with-local-admin with the agency; submitted with the ministry; passed and failed are the outcome of the administrative selection.
table competition.proposal
  agency uuid not null
  id uuid not null
  round uuid not null
  unit uuid not null
  number integer  -- Running number in the round, given at submission.
  title text not null
  group_key text not null
  category text
  started_on date
  state text not null default 'draft'::text
  state_since timestamp with time zone not null
  source uuid  -- For a replication: the winner in the register that it adapts.
  winner uuid  -- The earlier winner that this is (khusus, or entered again), when declared.
  demo boolean not null default false
  real_source text  -- Where a real innovation is publicly told of; null for invented demo entries and for entries typed by their owners.
  created_by uuid
  created timestamp with time zone not null
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)
  FOREIGN KEY (agency, unit) REFERENCES people.unit(agency, id)
  FOREIGN KEY (created_by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK ((state = ANY (ARRAY['draft'::text, 'with-local-admin'::text, 'returned'::text, 'submitted'::text, 'passed'::text, 'failed'::text, 'withdrawn'::text])))
  CREATE INDEX proposal_agency_round_idx ON competition.proposal USING btree (agency, round)
  CREATE INDEX proposal_id_idx ON competition.proposal USING btree (id)
  CREATE UNIQUE INDEX proposal_number ON competition.proposal USING btree (agency, round, number) WHERE (number IS NOT NULL)
  CREATE INDEX proposal_round_state_idx ON competition.proposal USING btree (round, state)
  CREATE INDEX proposal_title_trgm ON competition.proposal USING gin (lower(title) gin_trgm_ops)

-- A round of the competition (KIPP). What holds in it is in round_version; version is the one in force.
table competition.round
  id uuid not null
  key text not null
  state text not null default 'draft'::text
  demo boolean not null default false
  version integer not null default 1
  added timestamp with time zone not null default now()
  UNIQUE (key)
  PRIMARY KEY (id)
  CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'finished'::text, 'archived'::text])))

-- The rules of a round as data. A published round changes only by a new version with a reason.
table competition.round_version
  round uuid not null
  version integer not null
  rules jsonb not null
  reason text not null
  by uuid
  at timestamp with time zone not null default now()
  PRIMARY KEY (round, version)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)

-- MinHash of the three-word shingles of the whole text of a submission, 256 bins of 32 bits.
table competition.signature
  agency uuid not null
  proposal uuid not null
  round uuid not null
  wording integer not null
  minhash bytea not null
  words integer not null
  at timestamp with time zone not null
  PRIMARY KEY (agency, proposal)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  FOREIGN KEY (wording) REFERENCES competition.wording(id)
  CHECK ((length(minhash) = 1024))
  CREATE INDEX signature_round_idx ON competition.signature USING btree (round)
  CREATE INDEX signature_wording_idx ON competition.signature USING btree (wording)

-- Where the round stands: the stages of its rules in their order, when each was opened and closed.
table competition.stage
  round uuid not null
  seq integer not null
  kind text not null
  opened timestamp with time zone
  closed timestamp with time zone
  PRIMARY KEY (round, seq)
  FOREIGN KEY (round) REFERENCES competition.round(id)

-- What was handed in, frozen. hash = SHA-256 of the canonical JSON of content; number is printed on the receipt.
table competition.submission
  agency uuid not null
  id uuid not null
  proposal uuid not null
  round uuid not null
  number text not null
  content jsonb not null
  hash bytea not null
  begun timestamp with time zone not null
  arrived timestamp with time zone not null
  verdict text not null
  by uuid
  UNIQUE (agency, proposal)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK ((length(hash) = 32))
  CHECK ((verdict = ANY (ARRAY['in-time'::text, 'late-but-begun-in-time'::text])))
  CREATE INDEX submission_id_idx ON competition.submission USING btree (id)
  CREATE INDEX submission_number_idx ON competition.submission USING btree (number)
  CREATE INDEX submission_round_idx ON competition.submission USING btree (round)

-- Register of winners: one row for each award of an innovation. innovation is the identity that stays the same over years; source says where it is told of.
table competition.winner
  id uuid not null
  innovation uuid not null
  name text not null
  agency_name text not null
  agency uuid
  region_name text not null
  region text
  year integer
  level text not null
  category text
  summary text not null
  source text not null
  flags text[] not null default '{}'::text[]
  in_seed boolean not null default false
  round uuid
  proposal uuid
  decree text
  added timestamp with time zone not null default now()
  added_by uuid
  PRIMARY KEY (id)
  FOREIGN KEY (added_by) REFERENCES people.person(id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)
  FOREIGN KEY (region) REFERENCES people.region(code)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CREATE INDEX winner_innovation_idx ON competition.winner USING btree (innovation)
  CREATE INDEX winner_name_trgm ON competition.winner USING gin (lower(name) gin_trgm_ops)
  CREATE UNIQUE INDEX winner_once ON competition.winner USING btree (lower(name), lower(agency_name), COALESCE(year, 0), level)

-- Shingles of the form's own wording, left out before texts are signed. The highest id is in force. Signatures made with different lists cannot be compared, so each names its list.
table competition.wording
  id integer not null
  round uuid
  version integer not null  -- The version of the hashes (signatureVersion) of which the list consists.
  shingles bytea not null
  texts integer not null
  at timestamp with time zone not null
  PRIMARY KEY (id)
  FOREIGN KEY (round) REFERENCES competition.round(id)

-- Attempts counted for rate limits; key names the limit and the account or address.
table log.attempt
  key text not null
  at timestamp with time zone not null default now()
  CREATE INDEX attempt_key_at_idx ON log.attempt USING btree (key, at)

-- Everything anybody did, in order. Never updated, never deleted. hash = SHA-256 of the previous hash and this event.
table log.event
  id bigint not null
  at timestamp with time zone not null
  actor uuid  -- The person; null for the public and for the machine.
  name text not null
  subject uuid not null
  scope uuid  -- The agency whose people may read the event; null for national matters.
  particulars jsonb not null default '{}'::jsonb
  hash bytea not null
  PRIMARY KEY (id)
  CHECK ((length(hash) = 32))
  CHECK ((name ~ '^[a-z]+\.[a-z-]+$'::text))
  CREATE INDEX event_name_id_idx ON log.event USING btree (name, id)
  CREATE INDEX event_scope_id_idx ON log.event USING btree (scope, id)
  CREATE INDEX event_subject_id_idx ON log.event USING btree (subject, id)

-- Uploads. got = bytes received so far (a cut-off upload goes on from there); done = complete, sniffed and hashed.
table log.file
  id uuid not null
  owner uuid
  name text not null
  type text not null
  size bigint not null
  got bigint not null default 0
  sha256 bytea
  at timestamp with time zone not null default now()
  done timestamp with time zone
  PRIMARY KEY (id)
  CHECK (((got >= 0) AND (got <= size)))
  CHECK ((size >= 0))

-- Outgoing letters, written in the transaction of the act they tell of, sent by the worker.
table log.mail
  id uuid not null
  at timestamp with time zone not null default now()
  to_email text not null
  to_name text not null
  subject text not null
  body text not null
  sent timestamp with time zone
  attempts integer not null default 0
  failure text
  PRIMARY KEY (id)
  CREATE INDEX mail_at_idx ON log.mail USING btree (at DESC)

-- A form carries a token; the second click of the same form finds the first one's result here instead of acting again.
table log.once
  token uuid not null
  at timestamp with time zone not null default now()
  actor uuid
  action text not null
  subject uuid not null
  change jsonb
  PRIMARY KEY (token)

-- Instansi: a ministry, institution, local government or state-owned enterprise.
table people.agency
  id uuid not null
  code text not null
  kind text not null
  name text not null
  region text
  demo boolean not null default false
  added timestamp with time zone not null default now()
  UNIQUE (code)
  PRIMARY KEY (id)
  FOREIGN KEY (region) REFERENCES people.region(code)
  CHECK ((kind = ANY (ARRAY['ministry'::text, 'institution'::text, 'province'::text, 'regency'::text, 'city'::text, 'bumn'::text, 'bumd'::text])))
  CREATE UNIQUE INDEX agency_name ON people.agency USING btree (lower(name))
  CREATE INDEX agency_name_trgm ON people.agency USING gin (lower(name) gin_trgm_ops)
  CREATE INDEX agency_region_idx ON people.agency USING btree (region)

table people.invitation
  id uuid not null
  token bytea not null
  name text not null
  email text not null
  role text not null
  agency uuid
  unit uuid
  by uuid
  sent timestamp with time zone not null
  expires timestamp with time zone not null
  used timestamp with time zone
  used_by uuid
  revoked timestamp with time zone
  UNIQUE (token)
  PRIMARY KEY (id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)
  FOREIGN KEY (agency, unit) REFERENCES people.unit(agency, id)
  FOREIGN KEY (used_by) REFERENCES people.person(id)
  CHECK ((email = lower(email)))
  CHECK ((role = ANY (ARRAY['national-admin'::text, 'local-admin'::text, 'deputy'::text, 'unit'::text, 'evaluator'::text, 'panel'::text])))
  CREATE INDEX invitation_agency_idx ON people.invitation USING btree (agency) WHERE ((used IS NULL) AND (revoked IS NULL))

table people.passkey
  person uuid not null
  credential text not null
  public_key bytea not null
  counter bigint not null
  transports text
  name text not null
  added timestamp with time zone not null default now()
  used timestamp with time zone
  PRIMARY KEY (person, credential)
  FOREIGN KEY (person) REFERENCES people.person(id)

table people.person
  id uuid not null
  name text not null
  email text not null
  lang text not null default 'id'::text
  password text  -- argon2id in PHC form; null until the invitation is accepted.
  must_change boolean not null default false
  totp_secret text  -- Encrypted with SECRET_KEY; null without a second factor.
  totp_since timestamp with time zone
  totp_last bigint  -- The last time step accepted, so that a code works once.
  demo boolean not null default false
  added timestamp with time zone not null default now()
  closed timestamp with time zone
  PRIMARY KEY (id)
  CHECK ((email = lower(email)))
  CHECK ((lang = ANY (ARRAY['id'::text, 'en'::text])))
  CREATE UNIQUE INDEX person_email ON people.person USING btree (email)

-- Kemendagri codes, loaded from idn-area-data (Open Database License) at migration.
table people.region
  code text not null
  kind text not null
  name text not null
  parent text
  zone text not null
  PRIMARY KEY (code)
  FOREIGN KEY (parent) REFERENCES people.region(code)
  CHECK ((kind = ANY (ARRAY['province'::text, 'regency'::text, 'city'::text, 'district'::text, 'village'::text])))
  CHECK ((zone = ANY (ARRAY['WIB'::text, 'WITA'::text, 'WIT'::text])))
  CREATE INDEX region_kind_name_idx ON people.region USING btree (kind, name)
  CREATE INDEX region_name_trgm ON people.region USING gin (lower(name) gin_trgm_ops)
  CREATE INDEX region_parent_idx ON people.region USING btree (parent)

-- Who holds which office, since and until when. Ended rows stay: a hand-over keeps its history.
table people.role
  id uuid not null
  person uuid not null
  role text not null
  agency uuid
  unit uuid
  since timestamp with time zone not null default now()
  given_by uuid
  ended timestamp with time zone
  ended_by uuid
  reason text
  PRIMARY KEY (id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)
  FOREIGN KEY (agency, unit) REFERENCES people.unit(agency, id)
  FOREIGN KEY (person) REFERENCES people.person(id)
  CHECK (((role = ANY (ARRAY['local-admin'::text, 'deputy'::text, 'unit'::text])) = (agency IS NOT NULL)))
  CHECK (((role = 'unit'::text) = (unit IS NOT NULL)))
  CHECK ((role = ANY (ARRAY['national-admin'::text, 'local-admin'::text, 'deputy'::text, 'unit'::text, 'evaluator'::text, 'panel'::text])))
  CREATE UNIQUE INDEX one_local_admin ON people.role USING btree (agency) WHERE ((role = 'local-admin'::text) AND (ended IS NULL))
  CREATE INDEX role_agency_idx ON people.role USING btree (agency) WHERE (ended IS NULL)
  CREATE UNIQUE INDEX role_held ON people.role USING btree (person, role, COALESCE(agency, person), COALESCE(unit, person)) WHERE (ended IS NULL)

table people.session
  id uuid not null
  person uuid not null
  token bytea not null  -- SHA-256 of the cookie; the cookie itself is not stored.
  started timestamp with time zone not null
  seen timestamp with time zone not null
  expires timestamp with time zone not null
  ended timestamp with time zone
  factor timestamp with time zone  -- When the second factor was given; null until then.
  address text not null
  agent text not null
  UNIQUE (token)
  PRIMARY KEY (id)
  FOREIGN KEY (person) REFERENCES people.person(id)
  CREATE INDEX session_person_idx ON people.session USING btree (person) WHERE (ended IS NULL)

-- UPP: the service unit that owns an innovation.
table people.unit
  agency uuid not null
  id uuid not null
  name text not null
  added timestamp with time zone not null default now()
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)
  CREATE INDEX unit_id_idx ON people.unit USING btree (id)
  CREATE UNIQUE INDEX unit_name ON people.unit USING btree (agency, lower(name))
