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

-- Who is invited to a group that is entered by invitation. One that was withdrawn stays, with its reason.
table competition.invitation
  id uuid not null
  round uuid not null
  group_key text not null
  agency uuid  -- The agency that is invited; null when an innovation is invited whose agency is not registered here.
  innovation uuid  -- The identity in winner.innovation when one innovation is invited; null: the agency may enter any.
  name text
  agency_name text not null  -- The agency as it was called when it was invited.
  by uuid
  at timestamp with time zone not null
  withdrawn timestamp with time zone
  withdrawn_by uuid
  withdrawn_reason text
  PRIMARY KEY (id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  FOREIGN KEY (withdrawn_by) REFERENCES people.person(id)
  CHECK (((agency IS NOT NULL) OR (innovation IS NOT NULL)))
  CHECK (((innovation IS NULL) = (name IS NULL)))
  CHECK (((withdrawn IS NULL) = (withdrawn_reason IS NULL)))
  CREATE INDEX invitation_agency_round_idx ON competition.invitation USING btree (agency, round)
  CREATE UNIQUE INDEX invitation_of_agency ON competition.invitation USING btree (round, group_key, agency) WHERE ((innovation IS NULL) AND (withdrawn IS NULL))
  CREATE UNIQUE INDEX invitation_of_innovation ON competition.invitation USING btree (round, group_key, innovation) WHERE ((innovation IS NOT NULL) AND (withdrawn IS NULL))

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

-- Public figures of a running service of the own agency that a proposal shows, as chosen. What was handed in stands in submission.content.
table competition.live_figure
  agency uuid not null
  proposal uuid not null
  service uuid not null
  indicators text[] not null
  at timestamp with time zone not null
  by uuid
  PRIMARY KEY (agency, proposal, service)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CHECK (((cardinality(indicators) >= 1) AND (cardinality(indicators) <= 12)))

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
  begun timestamp with time zone  -- When the local admin opened the submission while the text lay locked with the agency; null again when it goes back.
  revision integer not null default 1  -- Grows with each change of title, category or date; a form names the revision it started from.
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

-- Who was reminded of which deadline and how many days before: nobody is told twice, and an extended deadline is told anew.
table competition.reminder
  round uuid not null
  closes timestamp with time zone not null
  days integer not null
  person uuid not null
  at timestamp with time zone not null
  PRIMARY KEY (round, closes, days, person)
  FOREIGN KEY (person) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)

-- Which of the owners opened the letter with the result of the administrative selection, and when first. A changed result is a new letter, so it is named by its reading.
table competition.result_reader
  agency uuid not null
  proposal uuid not null
  reading integer not null
  person uuid not null
  at timestamp with time zone not null
  PRIMARY KEY (agency, proposal, reading, person)
  FOREIGN KEY (agency, proposal, reading) REFERENCES competition.admission(agency, proposal, reading)
  FOREIGN KEY (person) REFERENCES people.person(id)

-- A round of the competition (KIPP). What holds in it is in round_version; version is the one in force.
table competition.round
  id uuid not null
  key text not null
  state text not null default 'draft'::text
  demo boolean not null default false
  version integer not null default 1
  last_number integer not null default 0  -- The running number last given. Its row is locked while a number is given, so there is neither gap nor duplicate, and quotas are counted behind the same lock.
  closes timestamp with time zone  -- competition.closes(id), kept beside the round by the triggers above: every save of an answer asks for it.
  added timestamp with time zone not null default now()
  UNIQUE (key)
  PRIMARY KEY (id)
  CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'finished'::text, 'archived'::text])))

-- Rules being written: those of a draft round, or the next version of a published one. base is the version it started from; revision grows with each save, and a save names the one it started from.
table competition.round_draft
  round uuid not null
  base integer not null
  revision integer not null
  rules jsonb not null
  by uuid
  at timestamp with time zone not null
  PRIMARY KEY (round)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK ((revision >= 1))

-- The questions that a round asks in writing, in any of its groups, by the version in force: competition.questions_of(round), kept beside it because every save of an answer asks for it.
table competition.round_question
  round uuid not null
  question text not null
  PRIMARY KEY (round, question)
  FOREIGN KEY (round) REFERENCES competition.round(id)

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
  lang text not null default 'id'::text  -- The language of summary, as the source has it.
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
  CHECK ((lang = ANY (ARRAY['id'::text, 'en'::text])))
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

-- A service that was adopted from another installation, to which its heartbeat goes. sequence: reports made so far.
table exchange.adoption
  agency uuid not null
  service uuid not null
  peer uuid not null
  package text not null
  at timestamp with time zone not null
  by uuid
  sequence integer not null default 0
  PRIMARY KEY (agency, service)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (peer) REFERENCES exchange.peer(id)

-- Sealed files: those that we sealed (release), and those that we fetched elsewhere.
table exchange.file
  sha256 bytea not null
  release bytea
  bytes bytea not null
  at timestamp with time zone not null
  UNIQUE (release)
  PRIMARY KEY (sha256)
  FOREIGN KEY (release) REFERENCES services.release(hash)

-- What services elsewhere reported of a package of ours: the signed text as it came. No personal data.
table exchange.heartbeat
  peer uuid not null
  service uuid not null
  sequence integer not null
  package text not null
  version text not null
  content json not null
  received timestamp with time zone not null
  PRIMARY KEY (peer, service, sequence)
  FOREIGN KEY (peer) REFERENCES exchange.peer(id)
  CREATE INDEX heartbeat_package ON exchange.heartbeat USING btree (package)

-- A package that an agency runs and lets other installations adopt, in the release that it runs.
table exchange.offer
  agency uuid not null
  id uuid not null
  service uuid not null
  package text not null
  since timestamp with time zone not null
  by uuid
  ended timestamp with time zone
  ended_by uuid
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (ended_by) REFERENCES people.person(id)
  CREATE UNIQUE INDEX offer_now ON exchange.offer USING btree (package) WHERE (ended IS NULL)

-- Another installation, known by its key. verified: the key was found at its address, or a person compared it. subscribed: we read its catalogue.
table exchange.peer
  id uuid not null
  key text not null
  origin text not null
  name text not null
  met timestamp with time zone not null
  verified timestamp with time zone
  verified_by uuid
  subscribed timestamp with time zone
  subscribed_by uuid
  sequence bigint
  digest bytea
  catalogue json
  until timestamp with time zone
  fetched timestamp with time zone
  tried timestamp with time zone
  failure text
  other_key text  -- The key that answered at its address instead of its own; shown until it is clear why.
  failures integer not null default 0
  UNIQUE (key)
  PRIMARY KEY (id)
  FOREIGN KEY (subscribed_by) REFERENCES people.person(id)
  FOREIGN KEY (verified_by) REFERENCES people.person(id)
  CHECK (((subscribed IS NULL) OR (verified IS NOT NULL)))
  CHECK (((catalogue IS NULL) = (sequence IS NULL)))
  CREATE UNIQUE INDEX peer_origin ON exchange.peer USING btree (origin) WHERE (verified IS NOT NULL)

-- Outbox of heartbeats, signed when they are made; sent in their order, again and again until the other side has taken them.
table exchange.report
  agency uuid not null
  service uuid not null
  sequence integer not null
  peer uuid not null
  content json not null
  made timestamp with time zone not null
  tries integer not null default 0
  next timestamp with time zone not null
  sent timestamp with time zone
  failure text
  PRIMARY KEY (agency, service, sequence)
  FOREIGN KEY (agency, service) REFERENCES exchange.adoption(agency, service)
  FOREIGN KEY (peer) REFERENCES exchange.peer(id)
  CREATE INDEX report_waiting ON exchange.report USING btree (next) WHERE (sent IS NULL)

-- This installation towards others: its Ed25519 key (the secret half encrypted with SECRET_KEY) and the catalogue it signed last, with its number.
table exchange.self
  one boolean not null default true
  key text not null
  secret text not null
  made timestamp with time zone not null
  sequence bigint not null default 0
  digest bytea
  catalogue json
  issued timestamp with time zone
  PRIMARY KEY (one)
  CHECK (((catalogue IS NULL) = (issued IS NULL)))
  CHECK (one)

-- The history of an innovation: one row for each award in the register, in the words of its source.
table gallery.award
  innovation uuid not null
  id uuid not null
  year integer
  level text not null
  family text not null
  category text
  source text not null
  decree text
  round uuid
  flags text[] not null default '{}'::text[]
  demo boolean not null default false
  PRIMARY KEY (innovation, id)
  FOREIGN KEY (innovation) REFERENCES gallery.innovation(id)

-- One innovation that the public may read of: gathered from the register of winners, kept up by its agency.
table gallery.innovation
  id uuid not null  -- The identity in competition.winner.innovation.
  code text not null  -- The stable register code, printed and linked to; never given to another.
  name text not null
  agency_name text not null
  agency uuid
  region_name text not null
  province text  -- Province code; null for a national innovation.
  first_year integer
  last_year integer
  years integer[] not null default '{}'::integer[]
  levels text[] not null default '{}'::text[]  -- The families of its awards (top, top99, special, finalist, …) for filters; the level in the words of the source is in gallery.award.
  categories text[] not null default '{}'::text[]
  category text
  summary text not null
  lang text not null
  translation text  -- The summary in the other language than the source's: our translation, shown as one.
  flags text[] not null default '{}'::text[]
  in_seed boolean not null default false
  demo boolean not null default false  -- Every award of it is invented for a demonstration; gallery.award.demo says it of one.
  story jsonb not null default '[]'::jsonb  -- What is told of it: [{id, from: proposal | agency | secretariat, question, questionEn, text, lang, at, demo}]. Those from the proposal follow the register; the others were added by hand.
  photos jsonb not null default '[]'::jsonb  -- Photos given with public answers: [{file, label}]; only these files are served.
  goals integer[] not null default '{}'::integer[]  -- Sustainable Development Goals 1 to 17, only as its agency or the secretariat gave them.
  status text not null default 'unknown'::text  -- Whether it still lives. unknown until somebody says so, with a reason and a day.
  status_on date
  status_reason text
  status_said text  -- Whose word it is, as the public reads it; status_by is the person, for the record only.
  status_by uuid
  status_at timestamp with time zone
  contact_office text
  contact_email text
  contact_phone text
  contact_site text
  added timestamp with time zone not null default now()
  changed timestamp with time zone not null default now()
  words tsvector generated always as ((((((((setweight(to_tsvector('indonesian'::regconfig, name), 'A'::"char") || setweight(to_tsvector('simple'::regconfig, name), 'A'::"char")) || setweight(to_tsvector('indonesian'::regconfig, ((agency_name || ' '::text) || region_name)), 'C'::"char")) || setweight(to_tsvector('simple'::regconfig, ((agency_name || ' '::text) || region_name)), 'C'::"char")) || setweight(to_tsvector('indonesian'::regconfig,
CASE
    WHEN (lang = 'id'::text) THEN summary
    ELSE COALESCE(translation, ''::text)
END), 'B'::"char")) || setweight(to_tsvector('english'::regconfig,
CASE
    WHEN (lang = 'en'::text) THEN summary
    ELSE COALESCE(translation, ''::text)
END), 'B'::"char")) || setweight(to_tsvector('indonesian'::regconfig, COALESCE(category, ''::text)), 'D'::"char")) || setweight(jsonb_to_tsvector('indonesian'::regconfig, story, '["string"]'::jsonb), 'D'::"char"))) stored
  UNIQUE (code)
  PRIMARY KEY (id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)
  FOREIGN KEY (province) REFERENCES people.region(code)
  FOREIGN KEY (status_by) REFERENCES people.person(id)
  CHECK (((status = 'unknown'::text) = (status_at IS NULL)))
  CHECK ((code ~ '^MI-\d{6}$'::text))
  CHECK ((goals <@ ARRAY[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]))
  CHECK ((lang = ANY (ARRAY['id'::text, 'en'::text])))
  CHECK ((status = ANY (ARRAY['continues'::text, 'developing'::text, 'dormant'::text, 'stopped'::text, 'unknown'::text])))
  CHECK ((status_said = ANY (ARRAY['agency'::text, 'secretariat'::text])))
  CHECK (((translation IS NULL) OR (translation <> ''::text)))
  CREATE INDEX innovation_agency ON gallery.innovation USING btree (agency)
  CREATE INDEX innovation_categories ON gallery.innovation USING gin (categories)
  CREATE INDEX innovation_changed ON gallery.innovation USING btree (changed)
  CREATE INDEX innovation_code_prefix ON gallery.innovation USING btree (code text_pattern_ops)
  CREATE INDEX innovation_facets ON gallery.innovation USING btree (province, status) INCLUDE (years, levels, categories, goals)
  CREATE INDEX innovation_goals ON gallery.innovation USING gin (goals)
  CREATE INDEX innovation_levels ON gallery.innovation USING gin (levels)
  CREATE INDEX innovation_name_prefix ON gallery.innovation USING btree (lower(name) text_pattern_ops)
  CREATE INDEX innovation_name_trgm ON gallery.innovation USING gin (lower(name) gin_trgm_ops)
  CREATE INDEX innovation_newest ON gallery.innovation USING btree (last_year DESC NULLS LAST, code)
  CREATE INDEX innovation_province ON gallery.innovation USING btree (province, last_year DESC NULLS LAST, code)
  CREATE INDEX innovation_status ON gallery.innovation USING btree (status) WHERE (status <> 'unknown'::text)
  CREATE INDEX innovation_words ON gallery.innovation USING gin (words)
  CREATE INDEX innovation_years ON gallery.innovation USING gin (years)

-- Agencies and categories of the gallery with how many innovations each has; counted anew when the gallery changes.
table gallery.suggestion
  kind text not null
  text text not null
  uses integer not null
  PRIMARY KEY (kind, text)
  CHECK ((kind = ANY (ARRAY['agency'::text, 'category'::text])))
  CHECK ((uses > 0))
  CREATE INDEX suggestion_trgm ON gallery.suggestion USING gin (lower(text) gin_trgm_ops)

-- The words of the gallery, so that a mistyped one can be put right.
table gallery.word
  word text not null
  uses integer not null
  PRIMARY KEY (word)
  CREATE INDEX word_trgm ON gallery.word USING gin (word gin_trgm_ops)

-- Who reads what. recused = a conflict came up later; a recused reading is never counted, and a replacement is asked for.
table judging.assignment
  agency uuid not null
  proposal uuid not null
  evaluator uuid not null
  round uuid not null
  purpose text not null
  run uuid
  wave integer
  reason text
  by uuid not null
  at timestamp with time zone not null
  ended timestamp with time zone
  ended_as text
  ended_reason text
  PRIMARY KEY (agency, proposal, evaluator)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (evaluator) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK (((ended IS NULL) = (ended_as IS NULL)))
  CHECK (((purpose = 'wave'::text) = (wave IS NOT NULL)))
  CHECK ((ended_as = ANY (ARRAY['recused'::text, 'moved'::text, 'withdrawn'::text])))
  CHECK ((purpose = ANY (ARRAY['first'::text, 'manual'::text, 'replacement'::text, 'third'::text, 'wave'::text])))
  CHECK ((wave >= 1))
  CREATE INDEX assignment_evaluator_idx ON judging.assignment USING btree (evaluator) WHERE (ended IS NULL)
  CREATE INDEX assignment_proposal_idx ON judging.assignment USING btree (proposal)
  CREATE INDEX assignment_round_evaluator_idx ON judging.assignment USING btree (round, evaluator) WHERE (ended IS NULL)

-- What strangers recompute the ranking from: points under codes drawn by lot, with rule and versions. codes = {proposal: code} is never published; an owner learns the own code from the feedback letter.
table judging.bundle
  round uuid not null
  ranking uuid not null
  text text not null
  hash bytea not null
  result_hash bytea not null
  codes jsonb not null
  by uuid not null
  at timestamp with time zone not null
  PRIMARY KEY (round)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  FOREIGN KEY (round, ranking) REFERENCES judging.ranking(round, id)
  CHECK ((length(hash) = 32))
  CHECK ((length(result_hash) = 32))

-- A conflict that a person looked at and found to be none, with the reason: a derived one by the secretariat, a declared one by whoever declared it. Taken back, it counts again; the line stays.
table judging.clearance
  agency uuid not null
  id uuid not null
  proposal uuid not null
  evaluator uuid not null
  source text not null
  basis text not null
  round uuid not null
  reason text not null
  by uuid not null
  at timestamp with time zone not null
  ended timestamp with time zone
  ended_by uuid
  ended_reason text
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (ended_by) REFERENCES people.person(id)
  FOREIGN KEY (evaluator) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK (((ended IS NULL) = (ended_reason IS NULL)))
  CHECK ((ended_reason <> ''::text))
  CHECK ((reason <> ''::text))
  CHECK ((source = ANY (ARRAY['declared'::text, 'home-region'::text, 'employer'::text, 'mentor'::text, 'co-author'::text])))
  CREATE UNIQUE INDEX clearance_in_force ON judging.clearance USING btree (agency, proposal, evaluator, source, basis) WHERE (ended IS NULL)
  CREATE INDEX clearance_round_evaluator_idx ON judging.clearance USING btree (round, evaluator)

-- Pairs that must not meet. Declared by the evaluator with a reason, or derived from what is known of the evaluator.
table judging.conflict
  agency uuid not null
  proposal uuid not null
  evaluator uuid not null
  source text not null
  round uuid not null
  reason text
  by uuid
  at timestamp with time zone not null
  basis text not null default ''::text  -- What it follows from: a region, an agency, involvements, or the declaration. What was cleared is cleared for this basis only.
  PRIMARY KEY (agency, proposal, evaluator, source)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (evaluator) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK (((source = 'declared'::text) = (reason IS NOT NULL)))
  CHECK ((source = ANY (ARRAY['declared'::text, 'home-region'::text, 'employer'::text, 'mentor'::text, 'co-author'::text])))
  CREATE INDEX conflict_round_evaluator_idx ON judging.conflict USING btree (round, evaluator)

-- What the plenary decided on an entry, with the reason, kept apart from every score. outcome = finalist or not; in the final plenary the key of a top level, or none. Replaced rows stay.
table judging.decision
  agency uuid not null
  id uuid not null
  proposal uuid not null
  round uuid not null
  kind text not null
  outcome text not null
  reason text not null
  by uuid not null
  at timestamp with time zone not null
  replaced timestamp with time zone
  cause uuid  -- The upheld objection after which it was decided again.
  recused uuid[] not null default '{}'::uuid[]  -- Panel members who kept out of it, because of what they had declared when it was decided.
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (round, kind) REFERENCES judging.plenary(round, kind)
  CHECK (((kind <> 'finalists'::text) OR (outcome = ANY (ARRAY['finalist'::text, 'not'::text]))))
  CHECK ((reason <> ''::text))
  CREATE UNIQUE INDEX decision_in_force ON judging.decision USING btree (agency, proposal, kind) WHERE (replaced IS NULL)
  CREATE INDEX decision_round_kind_idx ON judging.decision USING btree (round, kind) WHERE (replaced IS NULL)

-- Keputusan Menteri that fixes the result. With it the winners enter the register.
table judging.decree
  round uuid not null
  number text not null
  dated date not null
  about text not null
  file uuid
  by uuid not null
  at timestamp with time zone not null
  PRIMARY KEY (round)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (file) REFERENCES log.file(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK ((number <> ''::text))

-- Tim Evaluasi of a round. Until the identity is confirmed, everything is a conflict.
table judging.evaluator
  round uuid not null
  person uuid not null
  university text
  sector text  -- The category that is this evaluator's own field; one reader of each entry comes from another (bridge).
  expertise text[] not null default '{}'::text[]
  home_region text  -- Domicile or origin: entries of that region and of its province are a conflict.
  employer uuid
  min_load integer not null default 0
  max_load integer not null
  confirmed timestamp with time zone
  confirmed_by uuid
  added timestamp with time zone not null
  added_by uuid not null
  withdrawn timestamp with time zone
  withdrawn_reason text
  PRIMARY KEY (round, person)
  FOREIGN KEY (added_by) REFERENCES people.person(id)
  FOREIGN KEY (confirmed_by) REFERENCES people.person(id)
  FOREIGN KEY (employer) REFERENCES people.agency(id)
  FOREIGN KEY (home_region) REFERENCES people.region(code)
  FOREIGN KEY (person) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK ((min_load <= max_load))
  CHECK (((withdrawn IS NULL) = (withdrawn_reason IS NULL)))
  CHECK ((max_load >= 1))
  CHECK ((min_load >= 0))

-- Invited evaluators who have not accepted yet, with what the table said of them. They join the team when they accept.
table judging.expected
  round uuid not null
  id uuid not null
  email text not null
  name text not null
  university text
  sector text
  expertise text[] not null default '{}'::text[]
  home_region text
  employer uuid
  min_load integer not null
  max_load integer not null
  by uuid not null
  at timestamp with time zone not null
  joined timestamp with time zone
  PRIMARY KEY (round, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (employer) REFERENCES people.agency(id)
  FOREIGN KEY (home_region) REFERENCES people.region(code)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK ((min_load <= max_load))
  CHECK ((email = lower(email)))
  CHECK ((max_load >= 1))
  CHECK ((min_load >= 0))
  CREATE INDEX expected_email_idx ON judging.expected USING btree (email) WHERE (joined IS NULL)
  CREATE UNIQUE INDEX expected_once ON judging.expected USING btree (round, email) WHERE (joined IS NULL)

-- Recorded decisions to give evaluators more time: for the whole round, for third readings, or for one wave. The latest counts.
table judging.extension
  round uuid not null
  id uuid not null
  part text not null
  wave integer
  before timestamp with time zone not null
  until timestamp with time zone not null
  reason text not null
  by uuid not null
  at timestamp with time zone not null
  PRIMARY KEY (round, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES judging.reading(round)
  FOREIGN KEY (round, wave) REFERENCES judging.wave(round, seq)
  CHECK (((part = 'wave'::text) = (wave IS NOT NULL)))
  CHECK ((until > before))
  CHECK ((part = ANY (ARRAY['round'::text, 'third'::text, 'wave'::text])))
  CHECK ((reason <> ''::text))

-- Field verification (verifikasi lapangan): who went, when, and whether what was presented is real.
table judging.finding
  agency uuid not null
  id uuid not null
  proposal uuid not null
  round uuid not null
  visited date not null
  online boolean not null
  panel uuid[] not null
  evaluators uuid[] not null
  verdict text not null
  text text not null
  photos uuid[] not null default '{}'::uuid[]
  by uuid not null
  at timestamp with time zone not null
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK ((text <> ''::text))
  CHECK ((verdict = ANY (ARRAY['confirmed'::text, 'partly'::text, 'not'::text])))
  CREATE INDEX finding_round_idx ON judging.finding USING btree (round)

-- What a panel member declared: an agency, or a home region. Entries of it are not given to that member to read, to judge or to interview.
table judging.interest
  person uuid not null
  id uuid not null
  agency uuid
  region text
  at timestamp with time zone not null
  ended timestamp with time zone
  ended_reason text
  PRIMARY KEY (person, id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)
  FOREIGN KEY (person) REFERENCES people.person(id)
  FOREIGN KEY (region) REFERENCES people.region(code)
  CHECK (((agency IS NULL) <> (region IS NULL)))
  CHECK ((ended_reason <> ''::text))
  CREATE UNIQUE INDEX interest_once ON judging.interest USING btree (person, COALESCE((agency)::text, region)) WHERE (ended IS NULL)

-- When and where a finalist presents. Two interviews of one room never overlap. Scores are sealed to each member until closed.
table judging.interview
  agency uuid not null
  proposal uuid not null
  round uuid not null
  starts timestamp with time zone not null
  ends timestamp with time zone not null
  place text not null
  room integer not null
  invited timestamp with time zone
  confirmed timestamp with time zone
  confirmed_by uuid
  attendance text
  closed timestamp with time zone
  EXCLUDE USING gist (round WITH =, room WITH =, tstzrange(starts, ends) WITH &&)
  PRIMARY KEY (agency, proposal)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (confirmed_by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK ((ends > starts))
  CHECK ((room >= 1))
  CREATE INDEX interview_round_starts_idx ON judging.interview USING btree (round, starts)

-- A panel member in an interview, with the own score sheet. points = {criterion: 0-100 or null}; null is not given, which is not zero. Nobody sits in two interviews at once.
table judging.interviewer
  agency uuid not null
  proposal uuid not null
  member uuid not null
  slot tstzrange not null
  points jsonb not null default '{}'::jsonb
  note text not null default ''::text
  done timestamp with time zone
  EXCLUDE USING gist (member WITH =, slot WITH &&)
  PRIMARY KEY (agency, proposal, member)
  FOREIGN KEY (agency, proposal) REFERENCES judging.interview(agency, proposal)
  FOREIGN KEY (member) REFERENCES people.person(id)

-- Innovations somebody mentored or wrote with others earlier. An entry of that agency under that title is a conflict.
table judging.involvement
  person uuid not null
  id uuid not null
  kind text not null
  agency uuid not null
  title text not null
  by uuid not null
  at timestamp with time zone not null
  innovation uuid  -- Its identity in competition.winner.innovation, where the register knows it: an entry of that innovation is a conflict under whatever title and agency.
  ended timestamp with time zone
  ended_by uuid
  ended_reason text
  replaced_by uuid  -- The corrected line that stands in its place; null when it was withdrawn.
  PRIMARY KEY (person, id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (ended_by) REFERENCES people.person(id)
  FOREIGN KEY (person) REFERENCES people.person(id)
  CHECK (((ended IS NULL) = (ended_reason IS NULL)))
  CHECK ((ended_reason <> ''::text))
  CHECK ((kind = ANY (ARRAY['mentor'::text, 'co-author'::text])))
  CREATE UNIQUE INDEX involvement_once ON judging.involvement USING btree (person, kind, agency, lower(title)) WHERE (ended IS NULL)

-- Feedback to an entrant, as it was when released: scores per criterion, comments, percentile, result.
table judging.letter
  agency uuid not null
  proposal uuid not null
  round uuid not null
  content jsonb not null
  by uuid not null
  at timestamp with time zone not null
  code text not null default replace((gen_random_uuid())::text, '-'::text, ''::text)  -- Drawn by lot and printed on the letter: whoever holds the letter can check it at an address made from it. Nobody can guess one.
  PRIMARY KEY (agency, proposal)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK ((code ~ '^[0-9a-f]{32}$'::text))
  CREATE UNIQUE INDEX letter_code ON judging.letter USING btree (code)
  CREATE INDEX letter_round_idx ON judging.letter USING btree (round)

-- Which of the owners opened the feedback letter, and when first.
table judging.letter_reader
  agency uuid not null
  proposal uuid not null
  person uuid not null
  at timestamp with time zone not null
  PRIMARY KEY (agency, proposal, person)
  FOREIGN KEY (agency, proposal) REFERENCES judging.letter(agency, proposal)
  FOREIGN KEY (person) REFERENCES people.person(id)

-- What the panel examines. standing is the line of the released ranking as it was when nominated.
table judging.nominee
  agency uuid not null
  proposal uuid not null
  round uuid not null
  cluster text not null
  group_key text not null
  via text not null
  standing jsonb
  reason text
  by uuid not null
  at timestamp with time zone not null
  removed timestamp with time zone
  removed_by uuid
  removed_reason text
  PRIMARY KEY (agency, proposal)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (removed_by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK (((via <> 'manual'::text) OR (reason IS NOT NULL)))
  CHECK (((removed IS NULL) = (removed_reason IS NULL)))
  CHECK ((via = ANY (ARRAY['ranking'::text, 'tie'::text, 'manual'::text])))
  CREATE INDEX nominee_proposal_idx ON judging.nominee USING btree (proposal)
  CREATE INDEX nominee_round_idx ON judging.nominee USING btree (round) WHERE (removed IS NULL)

-- Sanggah / uji publik. code = SHA-256 of the code on the receipt; name and contact are encrypted and only the secretariat reads them.
table judging.objection
  agency uuid not null
  id uuid not null
  proposal uuid not null
  round uuid not null
  number text not null
  code bytea not null
  name text not null
  contact text not null
  text text not null
  file uuid
  received timestamp with time zone not null
  outcome text
  answer text
  answered timestamp with time zone
  answered_by uuid
  decided_again timestamp with time zone
  UNIQUE (number)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (answered_by) REFERENCES people.person(id)
  FOREIGN KEY (file) REFERENCES log.file(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK (((outcome IS NULL) = (answer IS NULL)))
  CHECK (((outcome IS NULL) = (answered IS NULL)))
  CHECK (((decided_again IS NULL) OR (outcome = 'upheld'::text)))
  CHECK ((length(code) = 32))
  CHECK ((outcome = ANY (ARRAY['upheld'::text, 'rejected'::text])))
  CREATE INDEX objection_id_idx ON judging.objection USING btree (id)
  CREATE INDEX objection_round_received_idx ON judging.objection USING btree (round, received)

-- Who of the panel reads which entry before the plenary, or judges whether it can be widened nationally. The own score is sealed to the member until done, and to the others until the plenary opens.
table judging.panel_reading
  agency uuid not null
  proposal uuid not null
  member uuid not null
  kind text not null
  round uuid not null
  given timestamp with time zone not null
  score double precision
  note text not null default ''::text
  done timestamp with time zone
  ended timestamp with time zone
  PRIMARY KEY (agency, proposal, member, kind)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (member) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK (((done IS NULL) OR (kind = 'nominee'::text) OR (score IS NOT NULL)))
  CHECK ((kind = ANY (ARRAY['nominee'::text, 'feasibility'::text])))
  CHECK ((((score >= (0)::double precision) AND (score <= (100)::double precision)) AND (round((score)::numeric, 2) = (score)::numeric)))
  CREATE INDEX panel_reading_round_member_idx ON judging.panel_reading USING btree (round, member) WHERE (ended IS NULL)

-- Recorded decisions on the number of places. changes = [{cluster, group, places}]; read in order over the quotas of the rules, the last word on a cell counts.
table judging.places
  round uuid not null
  id uuid not null
  kind text not null
  changes jsonb not null
  reason text not null
  by uuid not null
  at timestamp with time zone not null
  PRIMARY KEY (round, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK ((kind = ANY (ARRAY['set'::text, 'move'::text])))
  CHECK ((reason <> ''::text))

-- Sidang pleno. Closing freezes its decisions; announcing makes them public.
table judging.plenary
  round uuid not null
  kind text not null
  opened timestamp with time zone not null
  opened_by uuid not null
  closed timestamp with time zone
  closed_by uuid
  minutes text not null default ''::text
  announced timestamp with time zone
  announced_by uuid
  PRIMARY KEY (round, kind)
  FOREIGN KEY (announced_by) REFERENCES people.person(id)
  FOREIGN KEY (closed_by) REFERENCES people.person(id)
  FOREIGN KEY (opened_by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK (((announced IS NULL) OR (closed IS NOT NULL)))
  CHECK ((kind = ANY (ARRAY['finalists'::text, 'levels'::text])))

-- Computed rankings, kept as they were. result = {ranked: [{proposal, agency, cluster, group, n, raw, corrected, low, high, rank, rankLow, rankHigh}], refusal}; hash = SHA-256 of its canonical JSON.
table judging.ranking
  round uuid not null
  id uuid not null
  at timestamp with time zone not null
  by uuid
  method text not null
  rule jsonb not null
  result jsonb not null
  hash bytea not null
  PRIMARY KEY (round, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK ((length(hash) = 32))
  CREATE INDEX ranking_round_at_idx ON judging.ranking USING btree (round, at DESC)

-- How useful the public finds a finalist. voter = SHA-256 of a random cookie; one rating each, the last counts.
table judging.rating
  agency uuid not null
  proposal uuid not null
  voter bytea not null
  round uuid not null
  stars integer not null
  at timestamp with time zone not null
  PRIMARY KEY (agency, proposal, voter)
  FOREIGN KEY (agency, proposal) REFERENCES competition.proposal(agency, id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK (((stars >= 1) AND (stars <= 5)))
  CHECK ((length(voter) = 32))
  CREATE INDEX rating_round_idx ON judging.rating USING btree (round)

-- How and when the entries of a round are read. rule is fixed when reading opens and never changes after; scores are sealed until released.
table judging.reading
  round uuid not null
  settings jsonb not null  -- Numbers the secretariat chose for the assignment and the waves, before they are fixed in rule.
  rule jsonb
  rule_hash bytea  -- SHA-256 of the canonical JSON of rule, shown to everybody from the day reading opens.
  opened timestamp with time zone
  opened_by uuid
  until timestamp with time zone  -- Until when is read, the latest extension included; nothing is written on a sheet after it.
  closed timestamp with time zone
  closed_by uuid
  released timestamp with time zone
  released_by uuid
  third_until timestamp with time zone  -- Own deadline of third readings, set by an extension; null: that of the round.
  apart_reason text  -- Why reading was opened although the readings do not connect all entries; null when they do.
  PRIMARY KEY (round)
  FOREIGN KEY (closed_by) REFERENCES people.person(id)
  FOREIGN KEY (opened_by) REFERENCES people.person(id)
  FOREIGN KEY (released_by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK ((apart_reason <> ''::text))
  CHECK (((opened IS NULL) = (rule IS NULL)))
  CHECK (((opened IS NULL) = (rule_hash IS NULL)))
  CHECK (((closed IS NULL) OR (opened IS NOT NULL)))
  CHECK (((released IS NULL) OR (closed IS NOT NULL)))
  CHECK ((length(rule_hash) = 32))

-- One computation of an assignment. Its result is a proposal to the secretariat until accepted.
table judging.run
  round uuid not null
  id uuid not null
  settings jsonb not null
  state text not null
  progress jsonb not null default '{}'::jsonb
  beat timestamp with time zone not null  -- When the computing process was last alive, by the clock of the database: how long nobody heard of it, and nothing else, is measured with it.
  result jsonb
  begun timestamp with time zone not null
  by uuid not null
  ended timestamp with time zone
  process text not null default ''::text  -- host/pid of the process that computes it.
  PRIMARY KEY (round, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK (((state = 'running'::text) = (ended IS NULL)))
  CHECK ((state = ANY (ARRAY['running'::text, 'proposed'::text, 'impossible'::text, 'undecided'::text, 'cancelled'::text, 'failed'::text, 'interrupted'::text, 'accepted'::text, 'superseded'::text])))
  CREATE UNIQUE INDEX one_run ON judging.run USING btree (round) WHERE (state = 'running'::text)

table judging.score
  agency uuid not null
  proposal uuid not null
  evaluator uuid not null
  criterion text not null
  points double precision  -- 0-100 with at most two decimals; null is not given, which is not zero.
  comment text not null default ''::text
  revision integer not null  -- Grows by one with each save; a save names the revision it started from.
  at timestamp with time zone not null
  PRIMARY KEY (agency, proposal, evaluator, criterion)
  FOREIGN KEY (agency, proposal, evaluator) REFERENCES judging.sheet(agency, proposal, evaluator)
  FOREIGN KEY (evaluator) REFERENCES people.person(id)
  CHECK ((((points >= (0)::double precision) AND (points <= (100)::double precision)) AND (round((points)::numeric, 2) = (points)::numeric)))
  CHECK ((revision >= 1))

-- The score sheet of one evaluator for one entry. Sealed: only the evaluator reads it until release. note is for the secretariat, never for the entrant.
table judging.sheet
  agency uuid not null
  proposal uuid not null
  evaluator uuid not null
  round uuid not null
  note text not null default ''::text
  note_revision integer not null default 0
  comments_for_entrant boolean not null default false  -- The evaluator allows the comments to be passed on in the feedback letter, without a name.
  finished timestamp with time zone
  begun timestamp with time zone not null
  PRIMARY KEY (agency, proposal, evaluator)
  FOREIGN KEY (agency, proposal, evaluator) REFERENCES judging.assignment(agency, proposal, evaluator)
  FOREIGN KEY (evaluator) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CREATE INDEX sheet_round_idx ON judging.sheet USING btree (round) WHERE (finished IS NOT NULL)

-- A table of evaluators as it was uploaded, waiting to be confirmed; nothing of it counts before. Its rows go when it is done.
table judging.team_import
  round uuid not null
  id uuid not null
  by uuid not null
  at timestamp with time zone not null
  file text not null
  rows jsonb not null
  done timestamp with time zone
  PRIMARY KEY (round, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)

-- Ties at the line of the nominees, settled by people: who, when, why. Never a silent order.
table judging.tie
  round uuid not null
  id uuid not null
  cluster text not null
  group_key text not null
  score double precision not null
  places integer not null
  tied uuid[] not null
  chosen uuid[] not null
  deciders text not null
  reason text not null
  by uuid not null
  at timestamp with time zone not null
  PRIMARY KEY (round, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK ((deciders <> ''::text))
  CHECK ((places >= 1))
  CHECK ((reason <> ''::text))

-- Extra readings sent out under the rule fixed before reading began. proposals = [{proposal, chance}]; minimum = the proof that nobody was read less than promised.
table judging.wave
  round uuid not null
  seq integer not null
  extra integer not null
  proposals jsonb not null
  basis text not null
  minimum jsonb not null
  by uuid not null
  at timestamp with time zone not null
  until timestamp with time zone  -- Own deadline of the readings of this wave; null: that of the round.
  PRIMARY KEY (round, seq)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (round) REFERENCES competition.round(id)
  CHECK ((basis = ANY (ARRAY['corrected'::text, 'raw'::text])))
  CHECK ((extra >= 1))
  CHECK ((seq >= 1))

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
  once boolean not null default false  -- Carries a one-time link: the body is emptied once it is sent.
  sent timestamp with time zone
  attempts integer not null default 0
  failure text
  PRIMARY KEY (id)
  CREATE INDEX mail_at_idx ON log.mail USING btree (at DESC)

-- A form carries a token; the second click of the same form finds the first one's result here instead of acting again.
table log.once
  token uuid not null  -- Made from the form's token and from who does what to which thing.
  at timestamp with time zone not null default now()
  actor uuid
  action text not null
  subject text not null
  lasts boolean not null default false  -- Named by a device or a gateway for ever; a form's token is forgotten after a week.
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
  CREATE UNIQUE INDEX agency_code ON people.agency USING btree (lower(code))
  CREATE UNIQUE INDEX agency_name ON people.agency USING btree (lower(name))
  CREATE INDEX agency_name_trgm ON people.agency USING gin (lower(name) gin_trgm_ops)
  CREATE INDEX agency_region_idx ON people.agency USING btree (region)

-- A table of agencies as it was uploaded, waiting to be confirmed; nothing of it counts before.
table people.agency_import
  id uuid not null
  by uuid not null
  at timestamp with time zone not null
  file text not null
  rows jsonb not null
  done timestamp with time zone
  agency uuid  -- The agency whose units and people the table holds; null for a table of agencies.
  PRIMARY KEY (id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)
  FOREIGN KEY (by) REFERENCES people.person(id)

-- A new address that waits to be proved by the one-time link sent to it. token = SHA-256.
table people.email_change
  id uuid not null
  person uuid not null
  email text not null
  token bytea not null
  sent timestamp with time zone not null
  expires timestamp with time zone not null
  used timestamp with time zone
  UNIQUE (token)
  PRIMARY KEY (id)
  FOREIGN KEY (person) REFERENCES people.person(id)
  CHECK ((email = lower(email)))
  CREATE INDEX email_change_person_idx ON people.email_change USING btree (person)

-- A one-time link by e-mail to an office. token = SHA-256 of what stands in the link; the link itself is only in the letter.
table people.invitation
  id uuid not null
  token bytea not null
  name text not null
  email text not null
  role text not null
  agency uuid
  unit uuid
  hand_over text  -- The reason of a hand-over: whoever accepts takes the office over from the present local admin.
  by uuid
  sent timestamp with time zone not null
  expires timestamp with time zone not null
  used timestamp with time zone
  used_by uuid
  revoked timestamp with time zone
  lang text not null default 'id'::text  -- The language in which the person is written to until there is an account with a language of its own.
  UNIQUE (token)
  PRIMARY KEY (id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)
  FOREIGN KEY (agency, unit) REFERENCES people.unit(agency, id)
  FOREIGN KEY (used_by) REFERENCES people.person(id)
  CHECK (((role = ANY (ARRAY['local-admin'::text, 'deputy'::text, 'unit'::text])) = (agency IS NOT NULL)))
  CHECK (((role = 'unit'::text) = (unit IS NOT NULL)))
  CHECK (((hand_over IS NULL) OR (role = 'local-admin'::text)))
  CHECK ((email = lower(email)))
  CHECK ((lang = ANY (ARRAY['id'::text, 'en'::text])))
  CHECK ((role = ANY (ARRAY['national-admin'::text, 'local-admin'::text, 'deputy'::text, 'unit'::text, 'evaluator'::text, 'panel'::text])))
  CREATE INDEX invitation_agency_idx ON people.invitation USING btree (agency) WHERE ((used IS NULL) AND (revoked IS NULL))
  CREATE UNIQUE INDEX invitation_open ON people.invitation USING btree (email, role, COALESCE(agency, '00000000-0000-0000-0000-000000000000'::uuid), COALESCE(unit, '00000000-0000-0000-0000-000000000000'::uuid)) WHERE ((used IS NULL) AND (revoked IS NULL))

table people.passkey
  person uuid not null
  credential text not null
  public_key bytea not null
  counter bigint not null
  transports text
  name text not null
  added timestamp with time zone not null default now()
  used timestamp with time zone
  UNIQUE (credential)
  PRIMARY KEY (person, credential)
  FOREIGN KEY (person) REFERENCES people.person(id)

-- A link by e-mail with which a forgotten password is replaced, once. token = SHA-256.
table people.password_reset
  id uuid not null
  person uuid not null
  token bytea not null
  sent timestamp with time zone not null
  expires timestamp with time zone not null
  used timestamp with time zone
  UNIQUE (token)
  PRIMARY KEY (id)
  FOREIGN KEY (person) REFERENCES people.person(id)
  CREATE INDEX password_reset_person_idx ON people.password_reset USING btree (person)

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
  phone text  -- Given freely so that admins can reach the person near a deadline; forgotten when the account is closed.
  lang_since timestamp with time zone  -- When the person chose the language; null until then, and the first choice of a browser counts.
  closed_by uuid  -- Who closed the account: the person, or an admin with a reason. A closed one keeps its name and nothing to reach it by.
  closed_reason text
  PRIMARY KEY (id)
  CHECK ((email = lower(email)))
  CHECK ((lang = ANY (ARRAY['id'::text, 'en'::text])))
  CHECK ((phone ~ '^\+\d{8,15}$'::text))
  CREATE UNIQUE INDEX person_email ON people.person USING btree (email)

-- For whoever lost the telephone: each opens the second factor once. code = SHA-256.
table people.recovery_code
  person uuid not null
  code bytea not null
  made timestamp with time zone not null
  used timestamp with time zone
  PRIMARY KEY (person, code)
  FOREIGN KEY (person) REFERENCES people.person(id)

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
  challenge text  -- What a passkey must sign next; used once.
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

-- Who accompanies replication in an area.
table replication.coach
  hub uuid not null
  id uuid not null
  person uuid not null
  area text not null
  since timestamp with time zone not null
  given_by uuid
  ended timestamp with time zone
  ended_by uuid
  PRIMARY KEY (id)
  FOREIGN KEY (area) REFERENCES people.region(code)
  FOREIGN KEY (ended_by) REFERENCES people.person(id)
  FOREIGN KEY (given_by) REFERENCES people.person(id)
  FOREIGN KEY (hub) REFERENCES replication.hub(id)
  FOREIGN KEY (person) REFERENCES people.person(id)
  CREATE UNIQUE INDEX coach_held ON replication.coach USING btree (person, area) WHERE (ended IS NULL)

-- The last number given in a year; taken in the act that uses it, so that none is missing.
table replication.counter
  kind text not null
  year integer not null
  last integer not null
  PRIMARY KEY (kind, year)
  CHECK ((kind = ANY (ARRAY['agreement'::text, 'certificate'::text])))

-- A hub of the network of public-service innovation (simpul JIPP), with the decree that named it. areas: region codes. since: as exact as the source says.
table replication.hub
  id uuid not null
  name text not null
  areas text[] not null
  agency uuid
  decree text
  since text not null
  source text not null
  until date
  PRIMARY KEY (id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)

-- When a public figure of a service first met the target of its package; a small group never does.
table replication.outcome
  agency uuid not null
  service uuid not null
  indicator text not null
  target double precision not null
  value double precision not null
  n integer not null
  version text not null
  reached timestamp with time zone not null
  PRIMARY KEY (agency, service, indicator)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)

-- Agreements and certificates as they were given. code stands on the paper; with it anybody can check it.
table replication.paper
  kind text not null
  year integer not null
  n integer not null
  agency uuid not null
  process uuid not null
  code text not null
  content jsonb not null
  at timestamp with time zone not null
  by uuid
  UNIQUE (process, kind)
  PRIMARY KEY (kind, year, n)
  FOREIGN KEY (agency, process) REFERENCES replication.process(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CHECK ((kind = ANY (ARRAY['agreement'::text, 'certificate'::text])))

-- One agency copies one innovation: from interest to certificate, with the service it installed for it.
table replication.process
  agency uuid not null
  id uuid not null
  innovation text not null
  unit uuid
  area text
  owner uuid
  owner_unit uuid
  expansion boolean not null default false  -- Perluasan: another unit of the owner's own agency.
  learnt_from uuid  -- Where it was learnt, when not from the owner: another adopter.
  state text not null
  since timestamp with time zone not null
  reason text not null
  service uuid
  hash bytea  -- The release that was installed first.
  installed timestamp with time zone  -- When the package was installed for it.
  agreed_owner timestamp with time zone
  agreed_adopter timestamp with time zone
  begins date
  note text
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)
  FOREIGN KEY (agency, unit) REFERENCES people.unit(agency, id)
  FOREIGN KEY (area) REFERENCES people.region(code)
  FOREIGN KEY (hash) REFERENCES services.release(hash)
  FOREIGN KEY (innovation) REFERENCES gallery.innovation(code)
  FOREIGN KEY (learnt_from) REFERENCES replication.process(id)
  FOREIGN KEY (owner) REFERENCES people.agency(id)
  FOREIGN KEY (owner, owner_unit) REFERENCES people.unit(agency, id)
  FOREIGN KEY (service) REFERENCES services.service(id)
  CHECK (((owner IS NULL) OR (owner <> agency) OR (expansion AND (unit IS NOT NULL) AND (owner_unit IS NOT NULL) AND (unit <> owner_unit))))
  CHECK (((service IS NULL) = (installed IS NULL)))
  CHECK (((state <> ALL (ARRAY['agreed'::text, 'approved'::text, 'certified'::text])) OR ((agreed_owner IS NOT NULL) AND (agreed_adopter IS NOT NULL))))
  CHECK ((state = ANY (ARRAY['interest'::text, 'verified'::text, 'agreed'::text, 'approved'::text, 'implementing'::text, 'certified'::text, 'declined'::text, 'ended'::text])))
  CREATE INDEX process_innovation ON replication.process USING btree (innovation)
  CREATE UNIQUE INDEX process_open ON replication.process USING btree (agency, innovation, unit) NULLS NOT DISTINCT WHERE (state <> ALL (ARRAY['declined'::text, 'ended'::text]))
  CREATE INDEX process_owner ON replication.process USING btree (owner)
  CREATE UNIQUE INDEX process_service ON replication.process USING btree (service) WHERE (service IS NOT NULL)

-- An innovation of the gallery that can be installed: the package, the release that is offered, and which unit of the owner runs it.
table replication.publication
  agency uuid not null
  id uuid not null
  innovation text not null
  package text not null
  release bytea not null
  unit uuid
  since timestamp with time zone not null
  changed timestamp with time zone not null
  by uuid
  UNIQUE (id)
  UNIQUE (innovation)
  UNIQUE (package)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)
  FOREIGN KEY (agency, unit) REFERENCES people.unit(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (innovation) REFERENCES gallery.innovation(code)
  FOREIGN KEY (release) REFERENCES services.release(hash)

-- No case for 90 days: the agency that runs the service was asked why, and what it answered.
table replication.question
  agency uuid not null
  id uuid not null
  service uuid not null
  asked timestamp with time zone not null
  quiet_since timestamp with time zone not null
  answer text
  words text
  until date
  answered timestamp with time zone
  answered_by uuid
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  FOREIGN KEY (answered_by) REFERENCES people.person(id)
  CHECK ((answer = ANY (ARRAY['paused'::text, 'stopped'::text, 'outside'::text])))
  CHECK (((answer IS NULL) = (answered IS NULL)))
  CREATE UNIQUE INDEX question_open ON replication.question USING btree (service) WHERE (answer IS NULL)

-- The log of a replication: each move with who, when and why.
table replication.step
  agency uuid not null
  process uuid not null
  n integer not null
  move text not null
  state text not null
  at timestamp with time zone not null
  by uuid
  note text
  PRIMARY KEY (agency, process, n)
  FOREIGN KEY (agency, process) REFERENCES replication.process(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)

-- The maturity of a hub in a year by an instrument: scored by itself, then verified.
table replication.survey
  hub uuid not null
  id uuid not null
  year integer not null
  instrument text not null
  state text not null
  since timestamp with time zone not null
  UNIQUE (id)
  PRIMARY KEY (hub, year)
  FOREIGN KEY (hub) REFERENCES replication.hub(id)
  CHECK ((state = ANY (ARRAY['draft'::text, 'sent'::text, 'verified'::text])))

-- own and verified: the option chosen. Every answer has evidence: a link or a file.
table replication.survey_answer
  survey uuid not null
  question text not null
  own text
  link text
  file uuid
  verified text
  note text
  verified_by uuid
  verified_at timestamp with time zone
  PRIMARY KEY (survey, question)
  FOREIGN KEY (file) REFERENCES log.file(id)
  FOREIGN KEY (survey) REFERENCES replication.survey(id)
  FOREIGN KEY (verified_by) REFERENCES people.person(id)

-- A program that works through the API in one role of one service. token: SHA-256 of what it shows.
table services.account
  agency uuid not null
  id uuid not null
  service uuid not null
  role text not null
  area text not null default ''::text
  name text not null
  token bytea not null
  made timestamp with time zone not null
  made_by uuid
  revoked timestamp with time zone
  used timestamp with time zone
  UNIQUE (id)
  UNIQUE (token)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  FOREIGN KEY (made_by) REFERENCES people.person(id)
  CHECK ((area ~ '^\d*$'::text))

-- A case of a service. life: consents, clocks, what was entered when and the moves made; no values. A NIK or KK inside the values is encrypted with SECRET_KEY.
table services.case
  agency uuid not null
  id uuid not null
  service uuid not null
  release bytea not null
  number text not null
  part_of uuid
  flow text not null
  state text not null
  area text not null default ''::text
  opened_as text not null
  opened_by uuid
  code bytea  -- SHA-256 of the code with which whoever opened it without an account follows it.
  opened timestamp with time zone not null
  closed timestamp with time zone
  due timestamp with time zone  -- When time brings about the next thing; the worker looks here.
  stuck text  -- Why the worker could not go on with it; a person has to look.
  life jsonb not null
  open jsonb not null default '{}'::jsonb
  personal jsonb not null default '{}'::jsonb
  specific jsonb not null default '{}'::jsonb
  revision integer not null default 1
  merged_into uuid  -- The case that stayed when the two turned out to be of one person; this one is closed.
  depth integer not null default 0  -- How many packages told one another until this case was opened; 0 when a person opened it.
  moved timestamp with time zone not null default now()  -- When a person last did something in it; what time brings about does not count.
  UNIQUE (id)
  UNIQUE (service, number)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, merged_into) REFERENCES services."case"(agency, id)
  FOREIGN KEY (agency, part_of) REFERENCES services."case"(agency, id)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  FOREIGN KEY (opened_by) REFERENCES people.person(id)
  FOREIGN KEY (release) REFERENCES services.release(hash)
  CHECK (((merged_into IS NULL) OR ((merged_into <> id) AND (closed IS NOT NULL))))
  CREATE INDEX case_area ON services."case" USING btree (service, flow, area COLLATE "C", COALESCE(due, 'infinity'::timestamp with time zone), id) WHERE (closed IS NULL)
  CREATE INDEX case_due ON services."case" USING btree (due) WHERE ((due IS NOT NULL) AND (stuck IS NULL))
  CREATE INDEX case_merged ON services."case" USING btree (agency, merged_into) WHERE (merged_into IS NOT NULL)
  CREATE INDEX case_mine ON services."case" USING btree (opened_by, service, COALESCE(due, 'infinity'::timestamp with time zone), id) WHERE (closed IS NULL)
  CREATE INDEX case_moved ON services."case" USING btree (service, moved)
  CREATE INDEX case_own ON services."case" USING btree (opened_by, service)
  CREATE INDEX case_part ON services."case" USING btree (agency, part_of) WHERE (part_of IS NOT NULL)
  CREATE INDEX case_urgent ON services."case" USING btree (service, COALESCE(due, 'infinity'::timestamp with time zone), id) WHERE (closed IS NULL)

-- Each time another release became the one for new cases: what ran before and what the agency had set then, so that it can come back.
table services.changeover
  agency uuid not null
  service uuid not null
  n integer not null
  before bytea not null
  after bytea not null
  settings jsonb not null
  at timestamp with time zone not null
  by uuid
  undone timestamp with time zone
  undone_by uuid
  PRIMARY KEY (agency, service, n)
  FOREIGN KEY (after) REFERENCES services.release(hash)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  FOREIGN KEY (before) REFERENCES services.release(hash)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (undone_by) REFERENCES people.person(id)
  CHECK ((before <> after))

-- The ledger: who is in charge of a case in a role, from when to when, without gap or overlap, from its opening until it is closed. post: none when nobody works there.
table services.charge
  agency uuid not null
  id uuid not null default gen_random_uuid()
  service uuid not null
  "case" uuid not null
  role text not null
  area text not null
  post uuid
  since timestamp with time zone not null
  until timestamp with time zone
  why text not null
  by uuid
  EXCLUDE USING gist ("case" WITH =, role WITH =, tstzrange(since, until) WITH &&)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, "case") REFERENCES services."case"(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (post) REFERENCES services.post(id)
  CHECK ((until >= since))
  CHECK ((why = ANY (ARRAY['opened'::text, 'moved'::text, 'handed-over'::text, 'assigned'::text, 'taken'::text, 'role-given'::text, 'role-ended'::text])))
  CREATE INDEX charge_case ON services.charge USING btree (agency, "case", role, since)
  CREATE INDEX charge_period ON services.charge USING btree (service, since)
  CREATE INDEX charge_post ON services.charge USING btree (post, since DESC)

-- Every time a consent was given or taken back, to which version of its text.
table services.consent
  agency uuid not null
  "case" uuid not null
  purpose text not null
  at timestamp with time zone not null
  version integer not null
  given boolean not null
  PRIMARY KEY (agency, "case", purpose, at)
  FOREIGN KEY (agency, "case") REFERENCES services."case"(agency, id)

-- The number, encrypted, on which somebody who works with cases wants the messages to her role. She gives it herself.
table services.contact
  person uuid not null
  phone text not null
  since timestamp with time zone not null
  PRIMARY KEY (person)
  FOREIGN KEY (person) REFERENCES people.person(id)

-- Somebody answers the questions of a form one by one by message. content: number and answers so far, encrypted; deleted when it ends or at until.
table services.conversation
  agency uuid not null
  gateway uuid not null
  mark bytea not null
  id uuid not null
  content text not null
  until timestamp with time zone not null
  PRIMARY KEY (gateway, mark)
  FOREIGN KEY (agency, gateway) REFERENCES services.gateway(agency, id)
  CREATE INDEX conversation_until ON services.conversation USING btree (until)

-- What a service counted, night by night, with small groups hidden: for those who work in it. Counted again, a day is replaced.
table services.count
  agency uuid not null
  service uuid not null
  day date not null
  release bytea not null
  until timestamp with time zone not null
  cases integer not null
  figures json not null
  taken timestamp with time zone not null
  PRIMARY KEY (agency, service, day)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  FOREIGN KEY (release) REFERENCES services.release(hash)

-- An event on its way to an address, in the order of its subject. dead: given up after three days; somebody may send it again.
table services.delivery
  agency uuid not null
  id uuid not null
  hook uuid not null
  event bigint not null
  subject uuid not null
  name text not null
  body text not null
  at timestamp with time zone not null
  state text not null default 'waiting'::text
  attempts integer not null default 0
  due timestamp with time zone not null
  first timestamp with time zone
  failure text
  settled timestamp with time zone
  UNIQUE (hook, event)
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, hook) REFERENCES services.hook(agency, id)
  CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'dead'::text])))
  CREATE INDEX delivery_due ON services.delivery USING btree (due) WHERE (state = 'waiting'::text)
  CREATE INDEX delivery_order ON services.delivery USING btree (hook, subject, event) WHERE (state = 'waiting'::text)

-- A phone with the field app, of one person. secret: 32 bytes from which the keys of what it keeps are made, encrypted with SECRET_KEY.
table services.device
  id uuid not null
  person uuid not null
  secret text not null
  token bytea not null  -- SHA-256 of what the phone shows to hand in what it can no longer read.
  session uuid  -- The session with which the app was last in touch; when it is ended, the phone forgets its keys.
  since timestamp with time zone not null
  seen timestamp with time zone not null
  UNIQUE (token)
  PRIMARY KEY (id)
  FOREIGN KEY (person) REFERENCES people.person(id)
  CREATE INDEX device_person ON services.device USING btree (person)

-- A package that an agency is writing: its documents by path, right or wrong. base: the installed release that it changes.
table services.draft
  agency uuid not null
  id uuid not null
  title text not null
  base bytea
  content json not null
  revision integer not null default 1
  created timestamp with time zone not null
  changed timestamp with time zone not null
  changed_by uuid
  dropped timestamp with time zone
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)
  FOREIGN KEY (base) REFERENCES services.release(hash)
  FOREIGN KEY (changed_by) REFERENCES people.person(id)
  CHECK ((revision > 0))
  CREATE INDEX draft_list ON services.draft USING btree (agency, changed DESC) WHERE (dropped IS NULL)

-- A version of a draft that was published: its documents as they were read and rehearsed, never changed. hash: as in services.release.
table services.draft_release
  agency uuid not null
  draft uuid not null
  version text not null
  hash bytea not null
  content json not null
  at timestamp with time zone not null
  by uuid
  PRIMARY KEY (agency, draft, version)
  FOREIGN KEY (agency, draft) REFERENCES services.draft(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)

-- Every save of a draft: the documents that it changed, null where one was removed. undo: the revision that it went back to.
table services.draft_save
  agency uuid not null
  draft uuid not null
  revision integer not null
  changes json not null
  undo integer
  at timestamp with time zone not null
  by uuid
  PRIMARY KEY (agency, draft, revision)
  FOREIGN KEY (agency, draft) REFERENCES services.draft(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)

-- What somebody is playing through with a draft, as the steps of an example. It is no case, and holds made-up persons.
table services.draft_trial
  agency uuid not null
  draft uuid not null
  person uuid not null
  example json not null
  at timestamp with time zone not null
  PRIMARY KEY (agency, draft, person)
  FOREIGN KEY (agency, draft) REFERENCES services.draft(agency, id)
  FOREIGN KEY (person) REFERENCES people.person(id)

-- Two cases of one service that seem to be of the same person, and what somebody decided. Without a verdict they share a likeness.
table services.duplicate
  agency uuid not null
  service uuid not null
  one uuid not null
  other uuid not null
  kinds text[] not null
  found timestamp with time zone not null
  verdict text
  decided timestamp with time zone
  decided_by uuid
  PRIMARY KEY (agency, one, other)
  FOREIGN KEY (agency, one) REFERENCES services."case"(agency, id)
  FOREIGN KEY (agency, other) REFERENCES services."case"(agency, id)
  FOREIGN KEY (decided_by) REFERENCES people.person(id)
  CHECK ((one < other))
  CHECK (((verdict IS NULL) = (decided IS NULL)))
  CHECK ((verdict = ANY (ARRAY['different'::text, 'merged'::text])))
  CREATE INDEX duplicate_open ON services.duplicate USING btree (service, found, one) WHERE (verdict IS NULL)
  CREATE INDEX duplicate_other ON services.duplicate USING btree (agency, other)

-- Where messages of citizens come in: an SMS or WhatsApp gateway that signs with secret (encrypted).
table services.gateway
  agency uuid not null
  id uuid not null
  service uuid not null
  name text not null
  secret text not null
  made timestamp with time zone not null
  made_by uuid
  revoked timestamp with time zone
  heard integer not null default 0
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  FOREIGN KEY (made_by) REFERENCES people.person(id)

-- Which service made what of a telling, once for each place in its package that hears it. outcome: opened, moved, or why not. fields: what it wrote into its case.
table services.heard
  agency uuid not null
  telling uuid not null
  service uuid not null
  place integer not null
  at timestamp with time zone not null
  outcome text not null
  "case" uuid
  fields text[] not null default '{}'::text[]
  PRIMARY KEY (telling, service, place)
  FOREIGN KEY (agency, "case") REFERENCES services."case"(agency, id)
  FOREIGN KEY (agency, telling) REFERENCES services.telling(agency, id)

-- Captured for a role, a case or a service that the person no longer has: kept, encrypted, until the local admin takes it in or refuses it.
table services.held_report
  agency uuid not null
  id uuid not null
  person uuid not null
  service uuid not null
  device uuid not null
  role text not null
  reason text not null
  content text
  captured timestamp with time zone
  received timestamp with time zone not null
  decided timestamp with time zone
  by uuid
  outcome text
  PRIMARY KEY (agency, person, id)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (device) REFERENCES services.device(id)
  FOREIGN KEY (person) REFERENCES people.person(id)
  CHECK ((((decided IS NULL) = (outcome IS NULL)) AND ((decided IS NULL) = (by IS NULL)) AND ((content IS NULL) = (decided IS NOT NULL))))
  CHECK ((outcome = ANY (ARRAY['taken'::text, 'refused'::text])))
  CHECK ((reason = ANY (ARRAY['role-over'::text, 'service-retired'::text, 'case-elsewhere'::text])))
  CREATE INDEX held_report_open ON services.held_report USING btree (agency, service) WHERE (decided IS NULL)

-- An address of the agency that is told of events of its services. seen: the last event of the log that was looked at. Secrets are encrypted; after a change the old one still signs until old_until.
table services.hook
  agency uuid not null
  id uuid not null
  address text not null
  secret text not null
  old_secret text
  old_until timestamp with time zone
  seen bigint not null
  made timestamp with time zone not null
  made_by uuid
  ended timestamp with time zone
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)
  FOREIGN KEY (made_by) REFERENCES people.person(id)

-- A local version that an adopter offered to the agency from which its package comes, and what became of it.
table services.improvement
  agency uuid not null
  id uuid not null
  service uuid not null
  package text not null
  release bytea not null
  base bytea not null
  upstream uuid not null
  reason text not null
  at timestamp with time zone not null
  by uuid
  answer text
  answer_reason text
  adopted bytea
  answered timestamp with time zone
  answered_by uuid
  UNIQUE (id)
  UNIQUE (service, release)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (adopted) REFERENCES services.release(hash)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  FOREIGN KEY (answered_by) REFERENCES people.person(id)
  FOREIGN KEY (base) REFERENCES services.release(hash)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (release) REFERENCES services.release(hash)
  FOREIGN KEY (upstream) REFERENCES people.agency(id)
  CHECK ((answer = ANY (ARRAY['adopted'::text, 'declined'::text])))
  CHECK (((answer IS NULL) = (answered IS NULL)))
  CHECK (((NOT (answer IS DISTINCT FROM 'adopted'::text)) = (adopted IS NOT NULL)))
  CHECK (((NOT (answer IS DISTINCT FROM 'declined'::text)) = (answer_reason IS NOT NULL)))
  CREATE INDEX improvement_upstream ON services.improvement USING btree (upstream, at)

-- Which versions an agency has installed. seal = SHA-256 of the seal of an uploaded file; none for those shipped with the house.
table services.installation
  agency uuid not null
  service uuid not null
  release bytea not null
  seal bytea
  key text
  by uuid
  at timestamp with time zone not null
  base bytea  -- Of a version made here: the publisher's release that it was made from. seal and key are then those of that release; the local version itself is signed by nobody.
  PRIMARY KEY (agency, service, release)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  FOREIGN KEY (base) REFERENCES services.release(hash)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (key) REFERENCES services.publisher(key)
  FOREIGN KEY (release) REFERENCES services.release(hash)
  CHECK (((seal IS NULL) = (key IS NULL)))

-- By what the person of a case is recognised: HMAC of the NIK, or of name, birth date and area, with a key made from SECRET_KEY.
table services.likeness
  agency uuid not null
  service uuid not null
  "case" uuid not null
  kind text not null
  key bytea not null
  PRIMARY KEY (agency, "case", kind, key)
  FOREIGN KEY (agency, "case") REFERENCES services."case"(agency, id)
  CHECK ((kind = ANY (ARRAY['nik'::text, 'person'::text])))
  CREATE INDEX likeness_key ON services.likeness USING btree (service, kind, key)

-- Short addresses (/l/code) of the form that opens a case without an account, with how often each was opened and sent.
table services.link
  agency uuid not null
  id uuid not null
  service uuid not null
  code text not null
  label text not null
  made timestamp with time zone not null
  made_by uuid
  revoked timestamp with time zone
  seen integer not null default 0
  sent integer not null default 0
  UNIQUE (code)
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  FOREIGN KEY (made_by) REFERENCES people.person(id)
  CHECK ((code ~ '^[a-z2-9]{6,12}$'::text))

-- Photographs, sound and signatures of forms. Whoever sees the hash among the values of the case sees the file; without a case it waits for its form.
table services.media
  agency uuid not null
  id uuid not null
  service uuid not null
  file uuid not null
  sha256 bytea not null
  kind text not null
  at timestamp with time zone not null
  "case" uuid
  UNIQUE NULLS NOT DISTINCT (agency, service, sha256, "case")
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, "case") REFERENCES services."case"(agency, id)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  FOREIGN KEY (file) REFERENCES log.file(id)
  CHECK ((kind = ANY (ARRAY['photo'::text, 'voice'::text, 'signature'::text])))
  CREATE INDEX media_case ON services.media USING btree (agency, "case")
  CREATE INDEX media_file ON services.media USING btree (file)

-- Two cases made one. before: both as they were, encrypted with SECRET_KEY, until it can no longer be undone. print: SHA-256 of the kept case right after.
table services.merge
  agency uuid not null
  id uuid not null
  service uuid not null
  kept uuid not null
  merged uuid not null
  at timestamp with time zone not null
  by uuid
  until timestamp with time zone not null
  before text
  print bytea not null
  undone timestamp with time zone
  undone_by uuid
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, kept) REFERENCES services."case"(agency, id)
  FOREIGN KEY (agency, merged) REFERENCES services."case"(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (undone_by) REFERENCES people.person(id)
  CREATE INDEX merge_kept ON services.merge USING btree (agency, kept) WHERE (undone IS NULL)
  CREATE UNIQUE INDEX merge_now ON services.merge USING btree (agency, merged) WHERE (undone IS NULL)
  CREATE INDEX merge_until ON services.merge USING btree (until) WHERE (before IS NOT NULL)

-- Outbox of SMS and WhatsApp: what would go out, by channel. to_phone is encrypted. text is null where there was no number.
table services.message
  agency uuid not null
  id uuid not null
  "case" uuid
  message text not null
  at timestamp with time zone not null
  to_role text
  to_phone text
  text jsonb
  service uuid  -- Only of a reply to somebody who wrote: its text is encrypted and deleted a day after it went out.
  mark bytea  -- The number, as HMAC-SHA256 with SECRET_KEY: who wants no messages is known by it.
  urgent boolean not null default false
  state text  -- Null: to a role, nothing goes out. held: not now (quiet hours, and then due says when) or not at all; why says which.
  why text
  channel text
  due timestamp with time zone
  attempts integer not null default 0
  receipt text  -- How the gateway names it.
  settled timestamp with time zone
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, "case") REFERENCES services."case"(agency, id)
  CHECK ((channel = ANY (ARRAY['sms'::text, 'whatsapp'::text])))
  CHECK (((text IS NULL) OR ((to_role IS NULL) <> (to_phone IS NULL))))
  CHECK ((("case" IS NOT NULL) OR (service IS NOT NULL)))
  CHECK ((state = ANY (ARRAY['queued'::text, 'held'::text, 'sent'::text, 'delivered'::text, 'failed'::text])))
  CREATE INDEX message_case ON services.message USING btree (agency, "case")
  CREATE INDEX message_due ON services.message USING btree (due) WHERE (due IS NOT NULL)
  CREATE INDEX message_reply ON services.message USING btree (agency, settled) WHERE ("case" IS NULL)

-- A case offered to somebody who holds a role. Declined or not answered in time, it goes to the next.
table services.offer
  agency uuid not null
  id uuid not null
  service uuid not null
  "case" uuid not null
  role text not null
  post uuid not null
  at timestamp with time zone not null
  until timestamp with time zone not null
  by uuid
  answer text
  answered timestamp with time zone
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, "case") REFERENCES services."case"(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (post) REFERENCES services.post(id)
  CHECK ((answer = ANY (ARRAY['accepted'::text, 'declined'::text, 'timed-out'::text, 'withdrawn'::text])))
  CHECK (((answer IS NULL) = (answered IS NULL)))
  CREATE INDEX offer_due ON services.offer USING btree (until) WHERE (answer IS NULL)
  CREATE UNIQUE INDEX offer_open ON services.offer USING btree (agency, "case", role) WHERE (answer IS NULL)
  CREATE INDEX offer_post ON services.offer USING btree (post) WHERE (answer IS NULL)

-- Who holds which role of a package. area: a region code without dots; empty for the whole agency.
table services.post
  agency uuid not null
  id uuid not null
  service uuid not null
  person uuid not null
  role text not null
  area text not null default ''::text
  since timestamp with time zone not null
  given_by uuid
  ended timestamp with time zone
  ended_by uuid
  except_areas text[] not null default '{}'::text[]  -- Parts of the area that were handed over to somebody else: region codes without dots.
  capacity integer  -- Open cases that are assigned to it at most; none: no limit.
  lat double precision  -- Where its work begins: the village health post, the office.
  lon double precision
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  FOREIGN KEY (ended_by) REFERENCES people.person(id)
  FOREIGN KEY (given_by) REFERENCES people.person(id)
  FOREIGN KEY (person) REFERENCES people.person(id)
  CHECK ((area ~ '^\d*$'::text))
  CHECK (((capacity >= 0) AND (capacity <= 100000)))
  CHECK (((lat IS NULL) = (lon IS NULL)))
  CHECK (((lat >= ('-90'::integer)::double precision) AND (lat <= (90)::double precision)))
  CHECK (((lon >= ('-180'::integer)::double precision) AND (lon <= (180)::double precision)))
  CREATE UNIQUE INDEX post_held ON services.post USING btree (service, person, role, area) WHERE (ended IS NULL)
  CREATE INDEX post_person ON services.post USING btree (person) WHERE (ended IS NULL)

-- Ed25519 keys whose sealed packages may be installed, and whose they are.
table services.publisher
  key text not null
  name text not null
  added_by uuid
  added timestamp with time zone not null
  PRIMARY KEY (key)
  FOREIGN KEY (added_by) REFERENCES people.person(id)

-- What those who were served say of it, once a case (scale 1 to 4 of Permenpan 14/2017). mark: HMAC-SHA256 of the case with SECRET_KEY, so that nobody reads here whose it is.
table services.rating
  agency uuid not null
  service uuid not null
  mark bytea not null
  score integer not null
  words text
  day date not null
  PRIMARY KEY (service, mark)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  CHECK (((score >= 1) AND (score <= 4)))

-- One version of a package as it was read and rehearsed; never changed. hash = SHA-256 of its content as JSON.
table services.release
  hash bytea not null
  package text not null
  version text not null
  content json not null
  added timestamp with time zone not null
  PRIMARY KEY (hash)

-- What was captured in the field app and became a case or a move of one; id is made by the phone. captured: by the clock of the phone; counted: the time that the clocks of the case count from.
table services.report
  agency uuid not null
  person uuid not null
  id uuid not null
  service uuid not null
  device uuid not null
  "case" uuid not null
  step integer not null  -- Which move of the case it became, counted from 0.
  captured timestamp with time zone not null
  counted timestamp with time zone not null
  received timestamp with time zone not null
  PRIMARY KEY (agency, person, id)
  FOREIGN KEY (agency, "case") REFERENCES services."case"(agency, id)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  FOREIGN KEY (device) REFERENCES services.device(id)
  FOREIGN KEY (person) REFERENCES people.person(id)
  CREATE INDEX report_case ON services.report USING btree (agency, "case")

-- A package that an agency runs: its version for new cases, and what the agency has set.
table services.service
  agency uuid not null
  id uuid not null
  package text not null
  release bytea not null
  settings jsonb not null default '{}'::jsonb
  opened integer not null default 0  -- Cases opened so far: the last number given.
  installed timestamp with time zone not null
  retired timestamp with time zone
  unit uuid  -- The unit that runs it; none where the agency runs it as a whole.
  first_case timestamp with time zone  -- When its first case was opened.
  UNIQUE NULLS NOT DISTINCT (agency, package, unit)
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)
  FOREIGN KEY (agency, unit) REFERENCES people.unit(agency, id)
  FOREIGN KEY (release) REFERENCES services.release(hash)

-- Numbers that answered STOP: nothing goes to them until they write START. mark as in services.message.
table services.silence
  agency uuid not null
  mark bytea not null
  at timestamp with time zone not null
  PRIMARY KEY (agency, mark)
  FOREIGN KEY (agency) REFERENCES people.agency(id)

-- What was published of a service on a day, for ever: hash = SHA-256 of content as it stands here and is downloaded. Never updated, never deleted.
table services.snapshot
  agency uuid not null
  service uuid not null
  hash bytea not null
  day date not null
  version text not null
  content json not null
  known jsonb not null  -- The counts that a reader can know from content, so that no later one lies closer to them than five.
  taken timestamp with time zone not null
  by uuid
  PRIMARY KEY (agency, service, hash)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CHECK ((hash = sha256(convert_to((content)::text, 'UTF8'::name))))
  CREATE INDEX snapshot_day ON services.snapshot USING btree (service, day DESC, taken DESC)

-- Work that was put into a role's list. It is done with that role's next move in the case, or when the case ends.
table services.task
  agency uuid not null
  id uuid not null
  "case" uuid not null
  role text not null
  task text not null
  at timestamp with time zone not null
  done timestamp with time zone
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, "case") REFERENCES services."case"(agency, id)
  CREATE INDEX task_open ON services.task USING btree (agency, "case") WHERE (done IS NULL)

-- What a case told other packages of the same agency. content: the values that go with it, encrypted; deleted once it was heard, or when a consent is taken back.
table services.telling
  agency uuid not null
  id uuid not null
  service uuid not null
  "case" uuid not null
  event text not null
  content text
  depth integer not null
  at timestamp with time zone not null
  done timestamp with time zone
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, "case") REFERENCES services."case"(agency, id)
  CREATE INDEX telling_waiting ON services.telling USING btree (at) WHERE (done IS NULL)

-- A newer release that an agency is about to install, and what it has decided so far where both sides changed the same. Gone when it is installed or dropped.
table services.upgrade
  agency uuid not null
  service uuid not null
  release bytea not null
  seal bytea
  key text
  choices jsonb not null default '{}'::jsonb
  left_out text[] not null default '{}'::text[]  -- Example cases that will not be taken over.
  revision integer not null default 1
  at timestamp with time zone not null
  by uuid
  PRIMARY KEY (agency, service)
  FOREIGN KEY (agency, service) REFERENCES services.service(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (key) REFERENCES services.publisher(key)
  FOREIGN KEY (release) REFERENCES services.release(hash)
  CHECK (((seal IS NULL) = (key IS NULL)))

-- The chair wrote down that what was counted by hand in an audit is the result, with the ground, and another of the committee confirmed it. Each polling place whose numbers differed then has a version of its result more.
table voting.adoption
  agency uuid not null
  election uuid not null
  audit integer not null
  ground text not null
  made timestamp with time zone not null
  by uuid not null
  confirmed timestamp with time zone
  confirmed_by uuid
  PRIMARY KEY (agency, election, audit)
  FOREIGN KEY (agency, election, audit) REFERENCES voting.audit(agency, election, version)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (confirmed_by) REFERENCES people.person(id)
  CHECK (((confirmed IS NULL) = (confirmed_by IS NULL)))
  CHECK (((confirmed_by IS NULL) OR (confirmed_by <> by)))

-- The audit of an election by its slips: fixed before the dice are thrown. announced and piles: votes and slips by polling place as they were then, with the hash of each result. places: polling places drawn for a full count.
table voting.audit
  agency uuid not null
  election uuid not null
  id uuid not null
  kind text not null
  why text
  risk double precision not null
  full_below double precision not null
  announced jsonb not null
  piles jsonb not null
  expected integer
  first integer
  places integer not null
  planned timestamp with time zone not null
  by uuid not null
  dice text  -- Digits of ten-sided dice thrown in public, typed by one and compared by another of the committee.
  diced timestamp with time zone
  diced_by uuid
  seen timestamp with time zone
  seen_by uuid
  witnesses text
  drawn integer not null default 0  -- So many slips are drawn by now.
  escalated timestamp with time zone  -- When the slips that were drawn did not confirm the winner and all began to be counted.
  outcome text
  ended timestamp with time zone
  ended_by uuid
  version integer not null
  UNIQUE (id)
  PRIMARY KEY (agency, election, version)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (diced_by) REFERENCES people.person(id)
  FOREIGN KEY (ended_by) REFERENCES people.person(id)
  FOREIGN KEY (seen_by) REFERENCES people.person(id)
  CHECK (((kind = 'full'::text) = (why IS NOT NULL)))
  CHECK (((kind = 'poll'::text) = ((expected IS NOT NULL) AND (first IS NOT NULL))))
  CHECK ((((dice IS NULL) = (diced IS NULL)) AND ((diced IS NULL) = (diced_by IS NULL)) AND ((dice IS NULL) = (witnesses IS NULL))))
  CHECK (((seen IS NULL) = (seen_by IS NULL)))
  CHECK (((seen IS NULL) OR ((dice IS NOT NULL) AND (seen_by <> diced_by))))
  CHECK (((drawn = 0) OR (seen IS NOT NULL)))
  CHECK (((outcome IS NULL) = (ended IS NULL)))
  CHECK ((dice ~ '^[0-9]{20,200}$'::text))
  CHECK ((drawn >= 0))
  CHECK ((expected >= 0))
  CHECK ((first > 0))
  CHECK (((full_below >= (0)::double precision) AND (full_below <= (1)::double precision)))
  CHECK ((kind = ANY (ARRAY['full'::text, 'poll'::text])))
  CHECK ((outcome = ANY (ARRAY['confirmed'::text, 'differs'::text])))
  CHECK ((places >= 0))
  CHECK (((risk > (0)::double precision) AND (risk < (1)::double precision)))
  CHECK ((version > 0))
  CHECK ((why = ANY (ARRAY['tie'::text, 'margin'::text, 'size'::text, 'slips'::text, 'chosen'::text])))

-- Calon kepala desa, or the empty box. number: as drawn, none before.
table voting.candidate
  agency uuid not null
  election uuid not null
  id uuid not null
  number integer
  name text not null
  photo_file uuid
  photo_hash text
  empty_box boolean not null default false
  proof jsonb  -- The proof sheet that the candidate signed: hash of number, name and photograph, the scan, and the two of the committee who compared it.
  added timestamp with time zone not null
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (photo_file) REFERENCES log.file(id)
  CHECK (((photo_file IS NULL) = (photo_hash IS NULL)))
  CHECK (((NOT empty_box) OR (photo_file IS NULL)))
  CHECK (((number >= 1) AND (number <= 10)))
  CHECK ((photo_hash ~ '^[0-9a-f]{64}$'::text))
  CREATE INDEX candidate_agency_election_idx ON voting.candidate USING btree (agency, election)
  CREATE UNIQUE INDEX candidate_empty_box ON voting.candidate USING btree (election) WHERE empty_box
  CREATE UNIQUE INDEX candidate_number ON voting.candidate USING btree (election, number) WHERE (number IS NOT NULL)

-- What the ceremony answered to an order, signed with the committee's key that it made, as the file came. Checked before it is kept; never replaced.
table voting.ceremony
  agency uuid not null
  election uuid not null
  version integer not null
  id uuid not null
  text text not null
  key text not null
  taken timestamp with time zone not null
  by uuid not null
  UNIQUE (id)
  PRIMARY KEY (agency, election, version)
  FOREIGN KEY (agency, election, version) REFERENCES voting.ceremony_order(agency, election, version)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CHECK ((key ~ '^[0-9a-f]{64}$'::text))

-- What the key ceremony is asked to make. While one stands, candidates, polling places and officers stay as they are; a change needs it withdrawn, with a reason, and a new one.
table voting.ceremony_order
  agency uuid not null
  election uuid not null
  version integer not null
  id uuid not null
  text text not null  -- Encrypted with SECRET_KEY: it holds the keys of the rolls, for the cards of the chairs. hash is of the text in clear.
  hash text not null
  box text not null  -- The secret half of the key for which the ceremony seals what only the centre may read; encrypted with SECRET_KEY.
  made timestamp with time zone not null
  by uuid not null
  withdrawn timestamp with time zone
  withdrawn_by uuid
  reason text
  UNIQUE (id)
  PRIMARY KEY (agency, election, version)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (withdrawn_by) REFERENCES people.person(id)
  CHECK ((((withdrawn IS NULL) = (withdrawn_by IS NULL)) AND ((withdrawn IS NULL) = (reason IS NULL))))
  CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
  CHECK ((version > 0))
  CREATE UNIQUE INDEX order_now ON voting.ceremony_order USING btree (election) WHERE (withdrawn IS NULL)

-- Panitia pemilihan of the village: who prepares and runs the election.
table voting.committee
  agency uuid not null
  election uuid not null
  person uuid not null
  role text not null
  since timestamp with time zone not null
  given_by uuid
  PRIMARY KEY (agency, election, person)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (given_by) REFERENCES people.person(id)
  FOREIGN KEY (person) REFERENCES people.person(id)
  CHECK ((role = ANY (ARRAY['chair'::text, 'secretary'::text, 'member'::text])))
  CREATE UNIQUE INDEX committee_chair ON voting.committee USING btree (election) WHERE (role = 'chair'::text)
  CREATE INDEX committee_person ON voting.committee USING btree (person)

-- An election whose packages are sealed: its polling places are expected at every level. A practice is expected nowhere.
table voting.counting
  agency uuid not null
  election uuid not null
  year integer not null
  village text not null
  mode text not null
  opened timestamp with time zone not null
  UNIQUE (election)
  PRIMARY KEY (agency, election)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (village) REFERENCES people.region(code)
  CHECK ((mode = ANY (ARRAY['real'::text, 'practice'::text])))
  CREATE INDEX counting_year_village_idx ON voting.counting USING btree (year, village)

-- Penetapan: who is elected, or that nobody is, as the chair of the committee wrote it down from results that were all in and another of the committee confirmed. One that was not confirmed before the numbers moved stays, and a later version follows it.
table voting.decision
  agency uuid not null
  election uuid not null
  version integer not null
  id uuid not null
  outcome text not null
  candidate integer
  content jsonb not null  -- The numbers of the village and the hash of each result that they were summed from; hash is over these and the election.
  hash text not null
  place text not null
  witnesses text not null
  made timestamp with time zone not null
  by uuid not null
  confirmed timestamp with time zone
  confirmed_by uuid
  UNIQUE (id)
  PRIMARY KEY (agency, election, version)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (confirmed_by) REFERENCES people.person(id)
  CHECK (((candidate >= 1) AND (candidate <= 10)))
  CHECK (((outcome = 'elected'::text) = (candidate IS NOT NULL)))
  CHECK (((confirmed IS NULL) = (confirmed_by IS NULL)))
  CHECK (((confirmed_by IS NULL) OR (confirmed_by <> by)))
  CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
  CHECK ((outcome = ANY (ARRAY['elected'::text, 'nobody'::text])))
  CHECK ((version > 0))
  CREATE UNIQUE INDEX decision_now ON voting.decision USING btree (election) WHERE (confirmed IS NOT NULL)

-- Musyawarah mufakat: who was agreed on, or that nobody was, as the chair of the committee wrote it down from the minutes and another of the committee confirmed. One that was not confirmed stays, and a later version follows it.
table voting.deliberation
  agency uuid not null
  election uuid not null
  version integer not null
  id uuid not null
  outcome text not null
  name text
  day date not null
  ground text not null  -- The minutes (berita acara) in which it stands.
  place text not null
  witnesses text not null
  hash text not null
  made timestamp with time zone not null
  by uuid not null
  confirmed timestamp with time zone
  confirmed_by uuid
  UNIQUE (id)
  PRIMARY KEY (agency, election, version)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (confirmed_by) REFERENCES people.person(id)
  CHECK (((outcome = 'agreed'::text) = (name IS NOT NULL)))
  CHECK (((confirmed IS NULL) = (confirmed_by IS NULL)))
  CHECK (((confirmed_by IS NULL) OR (confirmed_by <> by)))
  CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
  CHECK ((outcome = ANY (ARRAY['agreed'::text, 'not-agreed'::text])))
  CHECK ((version > 0))
  CREATE UNIQUE INDEX deliberation_now ON voting.deliberation USING btree (election) WHERE (confirmed IS NOT NULL)

-- What became of an invitation, each time somebody went with it. at: on their device; noted: here.
table voting.delivery
  agency uuid not null
  election uuid not null
  voter uuid not null
  n integer not null
  outcome text not null
  receiver text
  at timestamp with time zone not null
  noted timestamp with time zone not null
  by uuid not null
  PRIMARY KEY (agency, voter, n)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (agency, voter) REFERENCES voting.voter(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CHECK ((n > 0))
  CHECK ((outcome = ANY (ARRAY['self'::text, 'family'::text, 'not-found'::text, 'moved'::text, 'died'::text, 'claimed'::text])))
  CREATE INDEX delivery_of ON voting.delivery USING btree (election, voter, n)
  CREATE UNIQUE INDEX delivery_once ON voting.delivery USING btree (voter) WHERE (outcome = ANY (ARRAY['self'::text, 'family'::text, 'claimed'::text]))

-- What was counted and is not yet added to the levels. Each act adds a row, so that nobody waits for the row of the nation; a page adds what stands here.
table voting.delta
  id bigint not null
  year integer not null
  village text not null
  elections integer not null default 0
  tps integer not null default 0
  voters integer not null default 0
  counted integer not null default 0
  counted_voters integer not null default 0
  present integer not null default 0
  valid integer not null default 0
  blank integer not null default 0
  corrected integer not null default 0
  contradicting integer not null default 0
  late integer not null default 0
  questioned integer not null default 0
  typed integer not null default 0
  PRIMARY KEY (id)

-- Pemusnahan: keys, tokens and copies of the roll were destroyed after the time for objections, as one of the committee wrote down and another confirmed. The public archives stay.
table voting.destruction
  agency uuid not null
  election uuid not null
  id uuid not null
  place text not null
  witnesses text not null
  done timestamp with time zone not null
  by uuid not null
  confirmed timestamp with time zone
  confirmed_by uuid
  UNIQUE (id)
  PRIMARY KEY (agency, election)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (confirmed_by) REFERENCES people.person(id)
  CHECK (((confirmed IS NULL) = (confirmed_by IS NULL)))
  CHECK (((confirmed_by IS NULL) OR (confirmed_by <> by)))

-- Undian nomor urut, as it was drawn in an open meeting: written by one of the committee, confirmed by another. numbers: [{candidate, name, number}]. An annulled one stays, with the reason.
table voting.draw
  agency uuid not null
  election uuid not null
  version integer not null
  id uuid not null
  numbers jsonb not null
  place text not null
  witnesses text not null
  drawn timestamp with time zone not null
  by uuid not null
  confirmed timestamp with time zone
  confirmed_by uuid
  annulled timestamp with time zone
  annulled_by uuid
  reason text
  UNIQUE (id)
  PRIMARY KEY (agency, election, version)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (annulled_by) REFERENCES people.person(id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (confirmed_by) REFERENCES people.person(id)
  CHECK (((confirmed IS NULL) = (confirmed_by IS NULL)))
  CHECK (((confirmed_by IS NULL) OR (confirmed_by <> by)))
  CHECK ((((annulled IS NULL) = (annulled_by IS NULL)) AND ((annulled IS NULL) = (reason IS NULL))))
  CHECK ((version > 0))
  CREATE UNIQUE INDEX draw_now ON voting.draw USING btree (election) WHERE (annulled IS NULL)

-- The election of one village. A practice never becomes real: its mode cannot be changed.
table voting.election
  agency uuid not null
  id uuid not null
  wave uuid not null
  village text not null
  name text not null
  mode text not null
  kind text not null  -- contest: candidates; empty-box: one candidate and kotak kosong; deliberation: musyawarah, without a ballot.
  profile jsonb not null  -- The legal profile as it was taken over, with what was set for this election and on what ground.
  state text not null
  group_name text not null
  outside text not null  -- Who holds the trustee key that is not at the polling place.
  needed integer not null  -- How many of the trustees at each polling place must come to open its result.
  since timestamp with time zone not null
  by uuid
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, wave) REFERENCES voting.wave(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (village) REFERENCES people.region(code)
  CHECK ((group_name = ANY (ARRAY['BELENIOS-2048'::text, 'Ed25519'::text])))
  CHECK ((kind = ANY (ARRAY['contest'::text, 'empty-box'::text, 'deliberation'::text])))
  CHECK ((mode = ANY (ARRAY['real'::text, 'practice'::text])))
  CHECK (((needed >= 1) AND (needed <= 10)))
  CHECK ((state = ANY (ARRAY['preparing'::text, 'sealed'::text, 'held'::text, 'decided'::text, 'closed'::text])))
  CREATE INDEX election_sealed ON voting.election USING btree (id) WHERE (state = 'sealed'::text)
  CREATE UNIQUE INDEX election_village ON voting.election USING btree (wave, village) WHERE (mode = 'real'::text)
  CREATE INDEX election_wave ON voting.election USING btree (agency, wave)

-- The sums of a village, district, regency, province and the nation (the empty code) in a year, but for what stands in voting.delta.
table voting.node
  year integer not null
  region text not null
  parent text
  elections bigint not null default 0
  tps bigint not null default 0
  voters bigint not null default 0
  counted bigint not null default 0
  counted_voters bigint not null default 0
  present bigint not null default 0
  valid bigint not null default 0
  blank bigint not null default 0
  corrected bigint not null default 0
  contradicting bigint not null default 0
  late bigint not null default 0
  questioned bigint not null default 0
  typed bigint not null default 0
  PRIMARY KEY (year, region)
  CHECK (((region = ''::text) = (parent IS NULL)))
  CREATE INDEX node_parent ON voting.node USING btree (year, parent)

-- Keberatan: filed by a witness, a candidate or a voter. Name and contact are for the committee and the regency alone.
table voting.objection
  agency uuid not null
  election uuid not null
  tps uuid
  id uuid not null
  number integer not null
  code bytea  -- SHA-256 of the code on the receipt, with which whoever filed it follows it; none for one that was signed at the polling place.
  role text not null
  about text not null
  name text not null
  contact text not null
  statement text not null
  demand text not null
  public boolean not null  -- Whoever filed it lets the statement be shown to everybody.
  evidence uuid
  filed timestamp with time zone not null
  due timestamp with time zone not null  -- Until when the committee must answer, by the legal profile.
  state text not null
  since timestamp with time zone not null
  source bytea  -- Of one that a witness signed at the polling place: SHA-256 of the witness's key and the signed text. However many records bring it, it is one.
  UNIQUE (code)
  UNIQUE (election, number)
  UNIQUE (election, source)
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (agency, tps) REFERENCES voting.tps(agency, id)
  FOREIGN KEY (evidence) REFERENCES log.file(id)
  CHECK ((about = ANY (ARRAY['count'::text, 'roll'::text, 'device'::text, 'secrecy'::text, 'procedure'::text, 'other'::text])))
  CHECK (((code IS NULL) = (source IS NOT NULL)))
  CHECK ((length(code) = 32))
  CHECK ((number > 0))
  CHECK ((role = ANY (ARRAY['witness'::text, 'candidate'::text, 'voter'::text])))
  CHECK ((length(source) = 32))
  CHECK ((state = ANY (ARRAY['filed'::text, 'mediated'::text, 'answered'::text, 'appealed'::text, 'decided'::text, 'withdrawn'::text])))

-- What was done with an objection: mediation, the answer that the committee owes, and the decision of the regency. Public.
table voting.objection_step
  agency uuid not null
  objection uuid not null
  n integer not null
  kind text not null
  outcome text
  text text not null
  by uuid
  at timestamp with time zone not null
  late boolean not null
  PRIMARY KEY (agency, objection, n)
  FOREIGN KEY (agency, objection) REFERENCES voting.objection(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CHECK (((kind = ANY (ARRAY['appeal'::text, 'withdrawal'::text])) = (by IS NULL)))
  CHECK ((kind = ANY (ARRAY['mediation'::text, 'answer'::text, 'appeal'::text, 'decision'::text, 'withdrawal'::text])))
  CHECK ((n > 0))
  CHECK ((outcome = ANY (ARRAY['agreed'::text, 'not-agreed'::text, 'upheld'::text, 'partly'::text, 'rejected'::text])))

-- Who serves at a polling place; without one, at all of the village. key: of the card that the ceremony made.
table voting.officer
  agency uuid not null
  election uuid not null
  tps uuid
  id uuid not null
  name text not null
  role text not null
  candidate integer
  trustee boolean not null default false  -- Holds a part of the key of the result.
  key text
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (agency, tps) REFERENCES voting.tps(agency, id)
  CHECK (((candidate >= 1) AND (candidate <= 10)))
  CHECK (((role = 'witness'::text) = (candidate IS NOT NULL)))
  CHECK (((tps IS NOT NULL) OR (role = ANY (ARRAY['supervisor'::text, 'operator'::text]))))
  CHECK ((key ~ '^[0-9a-f]{64}$'::text))
  CHECK ((role = ANY (ARRAY['chair'::text, 'officer'::text, 'operator'::text, 'witness'::text, 'supervisor'::text])))
  CREATE INDEX officer_agency_election_idx ON voting.officer USING btree (agency, election)
  CREATE UNIQUE INDEX officer_chair ON voting.officer USING btree (tps) WHERE (role = 'chair'::text)

-- The election package of a polling place, signed by the centre and the committee. A later one supersedes it and says why; it stays and can be read.
table voting.package
  agency uuid not null
  election uuid not null
  tps uuid not null
  version integer not null
  id uuid not null
  hash bytea not null
  text text not null
  signatures jsonb not null
  reason text
  made timestamp with time zone not null
  by uuid not null
  superseded timestamp with time zone
  UNIQUE (hash)
  UNIQUE (id)
  PRIMARY KEY (agency, election, tps, version)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (agency, tps) REFERENCES voting.tps(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CHECK (((version = 1) OR (reason IS NOT NULL)))
  CHECK ((version > 0))
  CREATE UNIQUE INDEX package_now ON voting.package USING btree (tps) WHERE (superseded IS NULL)

-- What the centre signed and the committee has not signed yet: no polling place takes it.
table voting.package_draft
  agency uuid not null
  election uuid not null
  tps uuid not null
  version integer not null
  text text not null
  signatures jsonb not null
  reason text
  made timestamp with time zone not null
  by uuid not null
  PRIMARY KEY (agency, tps)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (agency, tps) REFERENCES voting.tps(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CHECK ((version > 0))

-- The tokens of a polling place. No pool serves two elections: what was made for a practice can never be of a real one.
table voting.pool
  agency uuid not null
  election uuid not null
  version integer not null
  tps uuid not null
  hash text not null
  size integer not null
  UNIQUE (hash)
  PRIMARY KEY (agency, election, version, tps)
  FOREIGN KEY (agency, election, version) REFERENCES voting.ceremony(agency, election, version)
  FOREIGN KEY (agency, tps) REFERENCES voting.tps(agency, id)
  CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
  CHECK ((size > 0))

-- The conditions of MK 147/PUU-VII/2009 as they were answered; a change is a new version that must be signed anew.
table voting.readiness
  agency uuid not null
  election uuid not null
  version integer not null
  id uuid not null
  content jsonb not null
  hash text not null
  made timestamp with time zone not null
  by uuid not null
  UNIQUE (id)
  PRIMARY KEY (agency, election, version)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
  CHECK ((version > 0))

-- The committee's chair and the regency sign the same answers, two persons.
table voting.readiness_signature
  agency uuid not null
  election uuid not null
  version integer not null
  side text not null
  person uuid not null
  at timestamp with time zone not null
  UNIQUE (election, version, person)
  PRIMARY KEY (agency, election, version, side)
  FOREIGN KEY (agency, election, version) REFERENCES voting.readiness(agency, election, version)
  FOREIGN KEY (person) REFERENCES people.person(id)
  CHECK ((side = ANY (ARRAY['committee'::text, 'regency'::text])))

-- What somebody read from the photograph of a plano, without having seen our number. reader: a keyed mark of the network and this photograph; the address is kept nowhere.
table voting.reading
  agency uuid not null
  tps uuid not null
  photo bytea not null
  id uuid not null
  reader bytea not null
  votes integer[] not null
  blank integer not null
  at timestamp with time zone not null
  UNIQUE (id)
  UNIQUE (photo, reader)
  PRIMARY KEY (agency, tps, id)
  FOREIGN KEY (agency, tps) REFERENCES voting.tps_count(agency, tps)
  FOREIGN KEY (photo) REFERENCES voting.record(sha256)
  CHECK ((blank >= 0))
  CHECK ((0 <= ALL (votes)))
  CREATE INDEX reading_photo ON voting.reading USING btree (photo)
  CREATE INDEX reading_tps ON voting.reading USING btree (tps)

-- Files of a polling place, kept by the SHA-256 of their bytes: its archive, its record, the photograph of its plano; and what our verifier said of them.
table voting.record
  agency uuid not null
  election uuid not null
  tps uuid not null
  sha256 bytea not null
  kind text not null
  size bigint not null
  received timestamp with time zone not null
  checked timestamp with time zone
  verdict text  -- differs: the file is sound, and says other numbers than the signed result that names it.
  report jsonb
  UNIQUE (sha256)
  PRIMARY KEY (agency, sha256)
  FOREIGN KEY (agency, tps) REFERENCES voting.tps_count(agency, tps)
  CHECK (((checked IS NULL) = (verdict IS NULL)))
  CHECK ((kind = ANY (ARRAY['archive'::text, 'record'::text, 'plano'::text])))
  CHECK ((length(sha256) = 32))
  CHECK ((size > 0))
  CHECK ((verdict = ANY (ARRAY['sound'::text, 'not-canonical'::text, 'profile'::text, 'refused'::text, 'unusable'::text, 'differs'::text])))
  CREATE INDEX record_tps ON voting.record USING btree (tps)

-- Every version of the result of a polling place, as it was signed, typed by two from the signed sheet, or counted by hand in an audit. None is ever changed or removed.
table voting.result
  agency uuid not null
  election uuid not null
  tps uuid not null
  hash bytea not null
  sheet text not null  -- The first 20 digits of the hash that is printed on the sheet; for a signed one those of its own hash.
  version integer not null
  corrects text  -- The sheet of the version that it corrects.
  reason text
  how text not null
  text text not null
  signatures jsonb not null
  station text
  roll integer not null
  present integer not null
  votes integer[] not null
  blank integer not null
  valid integer not null
  source text not null
  archive bytea
  differences jsonb not null
  received timestamp with time zone not null
  UNIQUE (hash)
  PRIMARY KEY (agency, hash)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (agency, tps) REFERENCES voting.tps(agency, id)
  CHECK ((length(archive) = 32))
  CHECK ((blank >= 0))
  CHECK (((present >= 0) AND (present <= roll)))
  CHECK (((valid + blank) <= roll))
  CHECK (((version = 1) = (corrects IS NULL)))
  CHECK (((corrects IS NULL) = (reason IS NULL)))
  CHECK (((how = 'signed'::text) = (station IS NOT NULL)))
  CHECK ((corrects ~ '^[0-9a-f]{20}$'::text))
  CHECK ((length(hash) = 32))
  CHECK ((how = ANY (ARRAY['signed'::text, 'typed'::text, 'audit'::text])))
  CHECK ((roll >= 0))
  CHECK ((sheet ~ '^[0-9a-f]{20}$'::text))
  CHECK ((source = ANY (ARRAY['tally'::text, 'slips'::text])))
  CHECK ((station ~ '^[0-9a-f]{64}$'::text))
  CHECK ((valid >= 0))
  CHECK ((version > 0))
  CHECK ((0 <= ALL (votes)))
  CREATE INDEX result_archive ON voting.result USING btree (archive) WHERE (archive IS NOT NULL)
  CREATE INDEX result_sheet ON voting.result USING btree (sheet)
  CREATE INDEX result_tps ON voting.result USING btree (tps, received)

-- The roll as it was fixed (DPT), and again with those added after it. places: number, count, additional and hash of each polling place; hash: of these lines.
table voting.roll
  agency uuid not null
  election uuid not null
  kind text not null
  id uuid not null
  count integer not null
  additional integer not null
  places jsonb not null
  hash text not null
  at timestamp with time zone not null
  by uuid not null
  UNIQUE (id)
  PRIMARY KEY (agency, election, kind)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CHECK (((additional >= 0) AND (additional < count)))
  CHECK (((kind = 'additional'::text) = (additional > 0)))
  CHECK ((count > 0))
  CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
  CHECK ((kind = ANY (ARRAY['fixed'::text, 'additional'::text])))

-- Why a voter stays in the roll although something about them is strange. question: kind and voters.
table voting.roll_answer
  agency uuid not null
  election uuid not null
  question text not null
  note text not null
  at timestamp with time zone not null
  by uuid not null
  PRIMARY KEY (agency, election, question)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)

-- Each correction between the provisional roll (DPS) and the fixed one (DPT), with its reason. fields: which were changed, not what they held.
table voting.roll_change
  agency uuid not null
  election uuid not null
  id uuid not null
  voter uuid not null
  kind text not null
  reason text not null
  note text
  fields text[] not null default '{}'::text[]
  at timestamp with time zone not null
  by uuid not null
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (agency, voter) REFERENCES voting.voter(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CHECK ((kind = ANY (ARRAY['added'::text, 'struck'::text, 'changed'::text, 'moved'::text])))
  CREATE INDEX roll_change_of ON voting.roll_change USING btree (election, at)

-- A file of voters between its check and the answer to it. rows: encrypted, and gone when it is done.
table voting.roll_import
  agency uuid not null
  election uuid not null
  id uuid not null
  file text not null
  rows text
  count integer not null
  taken integer
  at timestamp with time zone not null
  by uuid not null
  done timestamp with time zone
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CHECK (((done IS NULL) = (taken IS NULL)))
  CHECK (((done IS NULL) OR (rows IS NULL)))

-- The key under which the roll of a polling place travels, encrypted with SECRET_KEY. In clear it is only on the chair's card.
table voting.roll_key
  agency uuid not null
  election uuid not null
  tps uuid not null
  sealed text not null
  PRIMARY KEY (agency, tps)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (agency, tps) REFERENCES voting.tps(agency, id)

-- What a candidate did with the printed roll sheet: signed, or refused with a reason. Noted by one of the committee, confirmed by another. The committee's own signature is who fixed it.
table voting.roll_signature
  agency uuid not null
  election uuid not null
  kind text not null
  candidate uuid not null
  signed boolean not null
  note text
  at timestamp with time zone not null
  by uuid not null
  confirmed timestamp with time zone
  confirmed_by uuid
  PRIMARY KEY (agency, election, kind, candidate)
  FOREIGN KEY (agency, candidate) REFERENCES voting.candidate(agency, id)
  FOREIGN KEY (agency, election, kind) REFERENCES voting.roll(agency, election, kind)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (confirmed_by) REFERENCES people.person(id)
  CHECK (((confirmed IS NULL) = (confirmed_by IS NULL)))
  CHECK (((confirmed_by IS NULL) OR (confirmed_by <> by)))
  CHECK ((signed OR (note IS NOT NULL)))

-- The Ed25519 key with which this installation signs election packages, made the first time that it is needed; the secret half is encrypted with SECRET_KEY.
table voting.self
  one boolean not null default true
  key text not null
  secret text not null
  made timestamp with time zone not null
  PRIMARY KEY (one)
  CHECK ((key ~ '^[0-9a-f]{64}$'::text))
  CHECK (one)

-- Which of contradicting versions one of the committee chose, and why. It counts when another, knowing the same versions, chose the same; the others stay visible.
table voting.settlement
  agency uuid not null
  tps uuid not null
  n integer not null
  sheet text not null
  known text[] not null
  reason text not null
  by uuid not null
  at timestamp with time zone not null
  PRIMARY KEY (agency, tps, n)
  FOREIGN KEY (agency, tps) REFERENCES voting.tps_count(agency, tps)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CHECK ((n > 0))
  CREATE INDEX settlement_tps ON voting.settlement USING btree (tps, n)

-- What one person counted of the slips of a polling place, alone. Rounds whose two counts differ stay; another follows.
table voting.slip_count
  agency uuid not null
  election uuid not null
  tps uuid not null
  round integer not null
  side text not null
  votes integer[] not null
  blank integer not null
  unreadable integer not null
  at timestamp with time zone not null
  by uuid not null
  audit integer not null  -- The version of the audit.
  UNIQUE (tps, audit, round, by)
  PRIMARY KEY (agency, tps, audit, round, side)
  FOREIGN KEY (agency, election, audit) REFERENCES voting.audit(agency, election, version)
  FOREIGN KEY (agency, tps) REFERENCES voting.tps(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CHECK ((blank >= 0))
  CHECK ((round > 0))
  CHECK ((side = ANY (ARRAY['a'::text, 'b'::text])))
  CHECK ((unreadable >= 0))
  CHECK ((0 <= ALL (votes)))

-- What one person read on the n-th drawn slip, alone: a candidate's number, blank, or nothing that can be read.
table voting.slip_reading
  agency uuid not null
  election uuid not null
  n integer not null
  by uuid not null
  try integer not null
  reading text not null
  at timestamp with time zone not null
  audit integer not null  -- The version of the audit.
  PRIMARY KEY (agency, election, audit, n, by, try)
  FOREIGN KEY (agency, election, audit) REFERENCES voting.audit(agency, election, version)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CHECK ((n > 0))
  CHECK ((reading ~ '^([1-9][0-9]?|blank|unreadable)$'::text))
  CHECK ((try > 0))

-- What the ladder for equal votes asks of candidates, as the committee took it from their papers. Higher is more. Entered once.
table voting.tie_fact
  agency uuid not null
  election uuid not null
  fact text not null
  candidate integer not null
  value integer not null
  source text not null
  by uuid not null
  at timestamp with time zone not null
  PRIMARY KEY (agency, election, fact, candidate)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CHECK (((candidate >= 1) AND (candidate <= 10)))
  CHECK ((fact = ANY (ARRAY['education-level'::text, 'formal-education-path'::text])))
  CHECK (((value >= 0) AND (value <= 100)))

-- Tempat pemungutan suara. colour: of its invitations; desks, booths and mobile booths as planned.
table voting.tps
  agency uuid not null
  election uuid not null
  id uuid not null
  number integer not null
  place text not null
  address text not null
  colour text not null
  hamlet text
  desks integer not null
  booths integer not null
  mobile integer not null default 0
  UNIQUE (election, number)
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  CHECK (((booths >= 1) AND (booths <= 20)))
  CHECK (((desks >= 1) AND (desks <= 20)))
  CHECK (((mobile >= 0) AND (mobile <= 5)))
  CHECK (((number >= 1) AND (number <= 999)))

-- What counts of a polling place now. One row each, so that no two places wait for each other.
table voting.tps_count
  agency uuid not null
  election uuid not null
  tps uuid not null
  package bytea not null
  opens timestamp with time zone not null
  due timestamp with time zone not null  -- From when on a missing result is late.
  candidates jsonb not null  -- Number, name and whether it is the empty box, as the sealed package has them; officers: who may sign there.
  officers jsonb not null
  pool integer not null
  "least" integer not null  -- Below so many voters no figure of a group is shown (R28).
  voters integer not null
  state text not null default 'missing'::text
  late boolean not null default false
  questioned boolean not null default false  -- Its archive was refused or says other numbers, or people read its photograph otherwise.
  typed boolean not null default false
  head bytea
  present integer not null default 0
  valid integer not null default 0
  blank integer not null default 0
  votes integer[]
  changed timestamp with time zone not null
  closes timestamp with time zone not null  -- Before this hour no result is taken, but of a place to which its whole roll has come.
  UNIQUE (tps)
  PRIMARY KEY (agency, tps)
  FOREIGN KEY (agency, election) REFERENCES voting.counting(agency, election)
  FOREIGN KEY (agency, tps) REFERENCES voting.tps(agency, id)
  FOREIGN KEY (head) REFERENCES voting.result(hash)
  FOREIGN KEY (package) REFERENCES voting.package(hash)
  CHECK ((blank >= 0))
  CHECK (((state = ANY (ARRAY['counted'::text, 'corrected'::text])) = (head IS NOT NULL)))
  CHECK (((head IS NULL) = (votes IS NULL)))
  CHECK (((head IS NOT NULL) OR (((present + valid) + blank) = 0)))
  CHECK ((opens <= closes))
  CHECK (("least" > 0))
  CHECK ((pool > 0))
  CHECK ((present >= 0))
  CHECK ((state = ANY (ARRAY['missing'::text, 'counted'::text, 'corrected'::text, 'contradicting'::text])))
  CHECK ((valid >= 0))
  CHECK ((voters >= 0))
  CREATE INDEX tps_count_due ON voting.tps_count USING btree (due) WHERE ((state = 'missing'::text) AND (NOT late))
  CREATE INDEX tps_count_election ON voting.tps_count USING btree (election)

-- A signed sheet as one person typed it where no network reached. It becomes a result when another types the same.
table voting.typed_sheet
  agency uuid not null
  election uuid not null
  tps uuid not null
  id uuid not null
  sheet text not null
  content jsonb not null
  by uuid not null
  at timestamp with time zone not null
  result bytea
  UNIQUE (id)
  UNIQUE (tps, sheet, by)
  PRIMARY KEY (agency, tps, id)
  FOREIGN KEY (agency, tps) REFERENCES voting.tps_count(agency, tps)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (result) REFERENCES voting.result(hash)
  CHECK ((sheet ~ '^[0-9a-f]{20}$'::text))

-- One of the committee wrote why a polling place has no record of this version of its result, and another confirmed it: without a record and without this nothing is decided.
table voting.unrecorded
  agency uuid not null
  election uuid not null
  tps uuid not null
  result bytea not null
  text text not null
  made timestamp with time zone not null
  by uuid not null
  confirmed timestamp with time zone
  confirmed_by uuid
  PRIMARY KEY (agency, tps, result)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (agency, tps) REFERENCES voting.tps_count(agency, tps)
  FOREIGN KEY (by) REFERENCES people.person(id)
  FOREIGN KEY (confirmed_by) REFERENCES people.person(id)
  FOREIGN KEY (result) REFERENCES voting.result(hash)
  CHECK (((confirmed IS NULL) = (confirmed_by IS NULL)))
  CHECK (((confirmed_by IS NULL) OR (confirmed_by <> by)))
  CREATE INDEX unrecorded_election ON voting.unrecorded USING btree (election)

-- Who may vote in an election. The NIK is encrypted with SECRET_KEY; nik_mark finds it again and does not tell it. no: in the roll of the polling place, given when the roll is fixed. additional: pemilih tambahan, added after that.
table voting.voter
  agency uuid not null
  election uuid not null
  tps uuid
  id uuid not null
  no integer
  name text not null
  nik_sealed text not null
  nik_mark bytea not null
  born date
  sex text
  marital text
  address text not null
  hamlet text not null
  rt text not null
  rw text not null
  additional boolean not null default false
  struck boolean not null default false
  since timestamp with time zone not null
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency, election) REFERENCES voting.election(agency, id)
  FOREIGN KEY (agency, tps) REFERENCES voting.tps(agency, id)
  CHECK ((marital = ANY (ARRAY['B'::text, 'S'::text, 'P'::text])))
  CHECK ((no > 0))
  CHECK ((sex = ANY (ARRAY['L'::text, 'P'::text])))
  CREATE INDEX voter_mark ON voting.voter USING btree (nik_mark) WHERE (NOT struck)
  CREATE UNIQUE INDEX voter_no ON voting.voter USING btree (tps, no)
  CREATE UNIQUE INDEX voter_once ON voting.voter USING btree (election, nik_mark) WHERE (NOT struck)
  CREATE INDEX voter_place ON voting.voter USING btree (election, tps, no)

-- Gelombang: the village elections that one regency holds on one day. profile: the key of a legal profile.
table voting.wave
  agency uuid not null
  id uuid not null
  name text not null
  held date not null
  profile text not null
  since timestamp with time zone not null
  by uuid
  UNIQUE (id)
  PRIMARY KEY (agency, id)
  FOREIGN KEY (agency) REFERENCES people.agency(id)
  FOREIGN KEY (by) REFERENCES people.person(id)
  CREATE UNIQUE INDEX wave_name ON voting.wave USING btree (agency, lower(name))

-- Put events at the end of the chain while its lock is held, in one journey to the database. `hashed` is what is hashed of an event, after its number.
CREATE OR REPLACE FUNCTION log.append(events jsonb)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  last_id   bigint;
  last_hash bytea;
  given     jsonb;
begin
  perform pg_advisory_xact_lock(7017);
  -- A statement of its own, after the lock: it sees what the act before has committed.
  select id, hash into last_id, last_hash from log.event order by id desc limit 1;
  last_id := coalesce(last_id, 0);
  last_hash := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
  for given in select value from jsonb_array_elements(events) with ordinality order by ordinality loop
    last_id := last_id + 1;
    last_hash := sha256(last_hash || convert_to('["' || last_id || '",' || (given ->> 'hashed'), 'UTF8'));
    insert into log.event (id, at, actor, name, subject, scope, particulars, hash)
    values (last_id, (given ->> 'at')::timestamptz, (given ->> 'actor')::uuid, given ->> 'name', (given ->> 'subject')::uuid,
      (given ->> 'scope')::uuid, given -> 'particulars', last_hash);
  end loop;
end $function$

-- The keys of the questions that a proposal of this round can answer in writing: those of the opening, of every group and of the closing. A group may change while one writes, and nothing typed before is lost.
CREATE OR REPLACE FUNCTION competition.questions_of(round uuid)
 RETURNS SETOF text
 LANGUAGE sql
 STABLE
AS $function$
  select distinct q->>'key'
  from competition.round r
  join competition.round_version v on v.round = r.id and v.version = r.version
  cross join lateral (
    select jsonb_array_elements(coalesce(v.rules->'head', '[]')) as q
    union all
    select jsonb_array_elements(g->'questions') from jsonb_array_elements(v.rules->'groups') g
    union all
    select jsonb_array_elements(coalesce(v.rules->'foot', '[]'))) asked
  where r.id = questions_of.round and q->>'kind' <> 'file'
$function$

-- The last moment of submission: the latest of the announced closing and every extension. The same rule as deadline() in the room; a test compares them.
CREATE OR REPLACE FUNCTION competition.closes(round uuid)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
  select greatest(
    (v.rules->'calendar'->>'submissionCloses')::timestamptz,
    (select max((e->>'until')::timestamptz) from jsonb_array_elements(coalesce(v.rules->'calendar'->'extensions', '[]')) e),
    (select max(e.until) from competition.extension e where e.round = r.id))
  from competition.round r
  join competition.round_version v on v.round = r.id and v.version = r.version
  where r.id = closes.round
$function$

CREATE OR REPLACE FUNCTION competition.keep_closes()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_table_name = 'round' then
    update competition.round r set closes = competition.closes(r.id) where r.id = new.id;
  else
    update competition.round r set closes = competition.closes(r.id) where r.id = new.round;
  end if;
  return null;
end $function$

CREATE OR REPLACE FUNCTION competition.keep_questions()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  changed uuid;
begin
  if tg_table_name = 'round' then
    changed := new.id;
  else
    changed := new.round;
  end if;
  delete from competition.round_question q where q.round = changed and q.question not in (select competition.questions_of(changed));
  insert into competition.round_question (round, question) select changed, competition.questions_of(changed) on conflict do nothing;
  return null;
end $function$

CREATE OR REPLACE FUNCTION services.keep_snapshot()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a snapshot never changes';
end
$function$

CREATE OR REPLACE FUNCTION voting.keep_audit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' or old.outcome is not null
    or (old.version, old.kind, old.risk, old.full_below, old.announced::text, old.piles::text, old.places, old.planned)
      is distinct from
      (new.version, new.kind, new.risk, new.full_below, new.announced::text, new.piles::text, new.places, new.planned)
    or (old.seen is not null and old.dice is distinct from new.dice) or new.drawn < old.drawn then
    raise exception 'what an audit began with is never changed' using errcode = 'check_violation';
  end if;
  return new;
end $function$

CREATE OR REPLACE FUNCTION voting.keep_count()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a count of slips is never changed or removed' using errcode = 'check_violation';
end $function$

CREATE OR REPLACE FUNCTION voting.keep_decision()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' or old.confirmed is not null
    or to_jsonb(old) - array['confirmed', 'confirmed_by'] is distinct from to_jsonb(new) - array['confirmed', 'confirmed_by'] then
    raise exception 'a decision is never changed or removed' using errcode = 'check_violation';
  end if;
  return new;
end $function$

CREATE OR REPLACE FUNCTION voting.keep_fixed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a fixed roll is never changed' using errcode = 'check_violation';
end $function$

CREATE OR REPLACE FUNCTION voting.keep_mode()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the mode of an election cannot be changed' using errcode = 'check_violation';
end $function$

CREATE OR REPLACE FUNCTION voting.keep_objection()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'an objection and what was done with it are never removed' using errcode = 'check_violation';
end $function$

CREATE OR REPLACE FUNCTION voting.keep_package()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' or (old.agency, old.election, old.tps, old.version, old.hash, old.text, old.signatures::text, old.made)
    is distinct from (new.agency, new.election, new.tps, new.version, new.hash, new.text, new.signatures::text, new.made)
    or old.superseded is not null then
    raise exception 'an election package is never changed' using errcode = 'check_violation';
  end if;
  return new;
end $function$

CREATE OR REPLACE FUNCTION voting.keep_result()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a result is never changed or removed' using errcode = 'check_violation';
end $function$

CREATE OR REPLACE FUNCTION voting.keep_roll()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  fixed boolean := exists (select from voting.roll where election = coalesce(new.election, old.election) and kind = 'fixed');
  closed boolean := exists (select from voting.roll where election = coalesce(new.election, old.election) and kind = 'additional');
begin
  if closed or (fixed and (tg_op = 'DELETE' or (tg_op = 'UPDATE' and not old.additional) or not new.additional)) then
    raise exception 'the roll is fixed' using errcode = 'check_violation';
  end if;
  return coalesce(new, old);
end $function$

CREATE OR REPLACE FUNCTION voting.keep_written()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' or old.confirmed is not null
    or to_jsonb(old) - array['confirmed', 'confirmed_by'] is distinct from to_jsonb(new) - array['confirmed', 'confirmed_by'] then
    raise exception 'what two of the committee wrote is never changed or removed' using errcode = 'check_violation';
  end if;
  return new;
end $function$

CREATE TRIGGER keep_adoption BEFORE DELETE OR UPDATE ON voting.adoption FOR EACH ROW EXECUTE FUNCTION voting.keep_written()

CREATE TRIGGER keep_audit BEFORE DELETE OR UPDATE ON voting.audit FOR EACH ROW EXECUTE FUNCTION voting.keep_audit()

CREATE TRIGGER keep_closes AFTER INSERT ON competition.extension FOR EACH ROW EXECUTE FUNCTION competition.keep_closes()

CREATE TRIGGER keep_closes AFTER INSERT OR UPDATE ON competition.round_version FOR EACH ROW EXECUTE FUNCTION competition.keep_closes()

CREATE TRIGGER keep_closes AFTER UPDATE OF version ON competition.round FOR EACH ROW EXECUTE FUNCTION competition.keep_closes()

CREATE TRIGGER keep_count BEFORE DELETE OR UPDATE ON voting.slip_count FOR EACH ROW EXECUTE FUNCTION voting.keep_count()

CREATE TRIGGER keep_decision BEFORE DELETE OR UPDATE ON voting.decision FOR EACH ROW EXECUTE FUNCTION voting.keep_decision()

CREATE TRIGGER keep_deliberation BEFORE DELETE OR UPDATE ON voting.deliberation FOR EACH ROW EXECUTE FUNCTION voting.keep_decision()

CREATE TRIGGER keep_fixed BEFORE DELETE OR UPDATE ON voting.roll FOR EACH ROW EXECUTE FUNCTION voting.keep_fixed()

CREATE TRIGGER keep_mode BEFORE UPDATE ON voting.election FOR EACH ROW WHEN ((old.mode IS DISTINCT FROM new.mode)) EXECUTE FUNCTION voting.keep_mode()

CREATE TRIGGER keep_objection BEFORE DELETE ON voting.objection FOR EACH ROW EXECUTE FUNCTION voting.keep_objection()

CREATE TRIGGER keep_objection_step BEFORE DELETE OR UPDATE ON voting.objection_step FOR EACH ROW EXECUTE FUNCTION voting.keep_objection()

CREATE TRIGGER keep_package BEFORE DELETE OR UPDATE ON voting.package FOR EACH ROW EXECUTE FUNCTION voting.keep_package()

CREATE TRIGGER keep_questions AFTER INSERT OR UPDATE ON competition.round_version FOR EACH ROW EXECUTE FUNCTION competition.keep_questions()

CREATE TRIGGER keep_questions AFTER UPDATE OF version ON competition.round FOR EACH ROW EXECUTE FUNCTION competition.keep_questions()

CREATE TRIGGER keep_reading BEFORE DELETE OR UPDATE ON voting.slip_reading FOR EACH ROW EXECUTE FUNCTION voting.keep_count()

CREATE TRIGGER keep_result BEFORE DELETE OR UPDATE ON voting.result FOR EACH ROW EXECUTE FUNCTION voting.keep_result()

CREATE TRIGGER keep_roll BEFORE INSERT OR DELETE OR UPDATE ON voting.voter FOR EACH ROW EXECUTE FUNCTION voting.keep_roll()

CREATE TRIGGER keep_snapshot BEFORE DELETE OR UPDATE ON services.snapshot FOR EACH ROW EXECUTE FUNCTION services.keep_snapshot()

CREATE TRIGGER keep_snapshots BEFORE TRUNCATE ON services.snapshot FOR EACH STATEMENT EXECUTE FUNCTION services.keep_snapshot()

CREATE TRIGGER keep_unrecorded BEFORE DELETE OR UPDATE ON voting.unrecorded FOR EACH ROW EXECUTE FUNCTION voting.keep_written()
