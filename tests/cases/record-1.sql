-- A record as the first version made it, with one article, drawn by draw_record.py. The index of words stands here as
-- it is declared and filled, in the place of the tables that FTS5 keeps for itself.
PRAGMA application_id = 1332630115;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE addresses (
	"key" TEXT NOT NULL, 
	address TEXT NOT NULL, 
	article_id INTEGER NOT NULL, 
	noted_at TEXT NOT NULL, 
	CONSTRAINT addresses_key PRIMARY KEY ("key"), 
	CONSTRAINT addresses_article_id_is_in_articles FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE TABLE appearances (
	person_id INTEGER NOT NULL, 
	statement_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	article_id INTEGER NOT NULL, 
	role TEXT NOT NULL, 
	name TEXT NOT NULL, 
	described TEXT, 
	day DATE, 
	CONSTRAINT appearances_key PRIMARY KEY (person_id, statement_id, position), 
	CONSTRAINT appearances_statement_id_position_once UNIQUE (statement_id, position), 
	CONSTRAINT appearances_person_id_is_in_people FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE, 
	CONSTRAINT appearances_statement_id_is_in_statements FOREIGN KEY(statement_id) REFERENCES statements (id) ON DELETE CASCADE, 
	CONSTRAINT appearances_article_id_is_in_articles FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "appearances" VALUES(1,1,0,1,'speaker','Jorun Falk','mayor','2031-01-15');
INSERT INTO "appearances" VALUES(1,2,0,1,'speaker','Jorun Falk','mayor','2031-01-15');
INSERT INTO "appearances" VALUES(1,3,0,1,'speaker','Jorun Falk',NULL,'2031-01-15');
INSERT INTO "appearances" VALUES(1,5,0,1,'speaker','Jorun Falk',NULL,'2031-01-15');
INSERT INTO "appearances" VALUES(1,6,0,1,'speaker','Jorun Falk',NULL,'2031-01-15');
INSERT INTO "appearances" VALUES(1,11,0,1,'speaker','Jorun Falk',NULL,'2031-01-15');
INSERT INTO "appearances" VALUES(2,2,1,1,'venue','Weyport Ledger',NULL,'2031-01-15');
INSERT INTO "appearances" VALUES(2,4,0,1,'speaker','Weyport Ledger',NULL,'2031-01-15');
INSERT INTO "appearances" VALUES(2,8,0,1,'speaker','Weyport Ledger',NULL,'2031-01-06');
INSERT INTO "appearances" VALUES(2,12,1,1,'reporter','Weyport Ledger',NULL,'2031-01-15');
INSERT INTO "appearances" VALUES(3,10,0,1,'speaker','Tomas Brandvold','engineer','2031-01-15');
INSERT INTO "appearances" VALUES(4,12,0,1,'speaker','Ministry of Tides',NULL,'2031-01-15');
CREATE TABLE articles (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	source TEXT NOT NULL, 
	url TEXT, 
	outlet TEXT, 
	domain TEXT, 
	title TEXT, 
	authors JSON NOT NULL, 
	published DATE, 
	published_at TEXT, 
	language TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	superseded_by INTEGER, 
	copy_group INTEGER, 
	model TEXT NOT NULL, 
	program TEXT NOT NULL, 
	added_at TEXT NOT NULL, 
	fetched TEXT, 
	traced_at TEXT, 
	record_id TEXT, 
	source_key TEXT NOT NULL, 
	content_hash TEXT NOT NULL, 
	text_key TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT articles_key PRIMARY KEY (id), 
	CONSTRAINT articles_superseded_by_is_in_articles FOREIGN KEY(superseded_by) REFERENCES articles (id) ON DELETE SET NULL, 
	CONSTRAINT articles_copy_group_is_in_articles FOREIGN KEY(copy_group) REFERENCES articles (id) ON DELETE SET NULL
);
INSERT INTO "articles" VALUES(1,'harbour','in/harbour.txt',NULL,'The Weyport Ledger',NULL,'Harbour [red]may close[/red], mayor says','["Ilse Quandt"]','2031-01-15',NULL,'en',1,NULL,1,'reader-0','0.1.0','2026-11-23T06:24:07.702595+00:00',NULL,NULL,NULL,'/in/harbour.txt','b79d592e6222aadf0e74b8cb4d2dae1262e8717d564f0bc8f1ce7e9f0a3b655a','0a45cc8b0ada0b12d83536841f9beae4','Harbour [red]may close[/red], mayor says

By Ilse Quandt

The winter storms leave Weyport no choice.

Mayor Jorun Falk told the Weyport Ledger: “Our engineer Tomas Brandvold said
‘the quay is <safe> & sound’, and I believe him.”

"The storms come earlier every year," Falk said, "and nobody in the capital listens." The paper asked her: "Will the ferry 🚢 stop?" Falk answered yes, and warned that the dyke would not hold.

"It is a matter of weeks, and the café knows it.

Council divided

=Last week= the Ledger reported that the Ministry of Tides expects a flood; there was =SUM(A1) of doubt.

Watch this video of the storm.

Ferry “will never stop”, owner vows

Sources include: Weyport Ledger

قال العمدة إن الميناء آمن');
CREATE TABLE cited_outlets (
	article_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT cited_outlets_key PRIMARY KEY (article_id, position), 
	CONSTRAINT cited_outlets_article_id_is_in_articles FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE comment_requests (
	article_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	start_char INTEGER NOT NULL, 
	end_char INTEGER NOT NULL, 
	asked_by TEXT, 
	asked JSON NOT NULL, 
	medium TEXT, 
	answered BOOLEAN, 
	CONSTRAINT comment_requests_key PRIMARY KEY (article_id, position), 
	CONSTRAINT comment_requests_article_id_is_in_articles FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE corrections (
	id INTEGER NOT NULL, 
	article_id INTEGER NOT NULL, 
	statement_id INTEGER NOT NULL, 
	field TEXT NOT NULL, 
	"before" JSON, 
	"after" JSON, 
	note TEXT, 
	decided_by TEXT NOT NULL, 
	decided_at TEXT NOT NULL, 
	undone_by TEXT, 
	undone_at TEXT, 
	agreed_with TEXT, 
	carried_from INTEGER, 
	CONSTRAINT corrections_key PRIMARY KEY (id), 
	CONSTRAINT corrections_article_id_is_in_articles FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE, 
	CONSTRAINT corrections_carried_from_is_in_corrections FOREIGN KEY(carried_from) REFERENCES corrections (id) ON DELETE SET NULL
);
CREATE TABLE decisions (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	other_id INTEGER NOT NULL, 
	decided_by TEXT NOT NULL, 
	decided_at TEXT NOT NULL, 
	undone_by TEXT, 
	undone_at TEXT, 
	CONSTRAINT decisions_key PRIMARY KEY (id), 
	CONSTRAINT decisions_person_id_is_in_people FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE, 
	CONSTRAINT decisions_other_id_is_in_people FOREIGN KEY(other_id) REFERENCES people (id) ON DELETE CASCADE
);
CREATE TABLE entries (
	feed_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	address TEXT, 
	address_key TEXT, 
	published DATE, 
	outcome TEXT, 
	tries INTEGER DEFAULT '0' NOT NULL, 
	next_try TEXT, 
	seen_at TEXT NOT NULL, 
	CONSTRAINT entries_key PRIMARY KEY (feed_id, "key"), 
	CONSTRAINT entries_feed_id_is_in_feeds FOREIGN KEY(feed_id) REFERENCES feeds (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE feeds (
	id INTEGER NOT NULL, 
	address TEXT NOT NULL, 
	title TEXT, 
	etag TEXT, 
	last_modified TEXT, 
	interval_s INTEGER, 
	failures INTEGER DEFAULT '0' NOT NULL, 
	next_due TEXT, 
	last_polled TEXT, 
	CONSTRAINT feeds_key PRIMARY KEY (id), 
	CONSTRAINT feeds_address_once UNIQUE (address)
);
CREATE TABLE fingerprints (
	hash BIGINT NOT NULL, 
	article_id INTEGER NOT NULL, 
	CONSTRAINT fingerprints_key PRIMARY KEY (hash, article_id), 
	CONSTRAINT fingerprints_article_id_is_in_articles FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "fingerprints" VALUES(13607113543306779,1);
INSERT INTO "fingerprints" VALUES(23121333705459147,1);
INSERT INTO "fingerprints" VALUES(47373021250479556,1);
INSERT INTO "fingerprints" VALUES(52940278058223783,1);
INSERT INTO "fingerprints" VALUES(54319722747768808,1);
INSERT INTO "fingerprints" VALUES(78653474101589950,1);
INSERT INTO "fingerprints" VALUES(117482684337417464,1);
INSERT INTO "fingerprints" VALUES(122071139642752670,1);
INSERT INTO "fingerprints" VALUES(130765875784503436,1);
INSERT INTO "fingerprints" VALUES(169936780578094254,1);
INSERT INTO "fingerprints" VALUES(169940186518654684,1);
INSERT INTO "fingerprints" VALUES(240685530581706310,1);
INSERT INTO "fingerprints" VALUES(290944658091327904,1);
INSERT INTO "fingerprints" VALUES(381747271902846019,1);
INSERT INTO "fingerprints" VALUES(418227925125748158,1);
INSERT INTO "fingerprints" VALUES(877039752239615883,1);
CREATE TABLE links (
	article_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	start_char INTEGER NOT NULL, 
	end_char INTEGER NOT NULL, 
	address TEXT NOT NULL, 
	CONSTRAINT links_key PRIMARY KEY (article_id, position), 
	CONSTRAINT links_article_id_is_in_articles FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE moved (
	decision_id INTEGER NOT NULL, 
	statement_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	CONSTRAINT moved_key PRIMARY KEY (decision_id, statement_id, position), 
	CONSTRAINT moved_decision_id_is_in_decisions FOREIGN KEY(decision_id) REFERENCES decisions (id) ON DELETE CASCADE, 
	CONSTRAINT moved_statement_id_is_in_statements FOREIGN KEY(statement_id) REFERENCES statements (id) ON DELETE CASCADE, 
	CONSTRAINT moved_person_id_is_in_people FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE name_words (
	word TEXT NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT name_words_key PRIMARY KEY (word, name)
)
 WITHOUT ROWID

;
INSERT INTO "name_words" VALUES('brandvold','Tomas Brandvold');
INSERT INTO "name_words" VALUES('falk','Jorun Falk');
INSERT INTO "name_words" VALUES('jorun','Jorun Falk');
INSERT INTO "name_words" VALUES('ledger','Weyport Ledger');
INSERT INTO "name_words" VALUES('ministry','Ministry of Tides');
INSERT INTO "name_words" VALUES('of','Ministry of Tides');
INSERT INTO "name_words" VALUES('tides','Ministry of Tides');
INSERT INTO "name_words" VALUES('tomas','Tomas Brandvold');
INSERT INTO "name_words" VALUES('weyport','Weyport Ledger');
CREATE TABLE outcomes (
	id INTEGER NOT NULL, 
	run_id INTEGER, 
	source TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	reason TEXT, 
	article_id INTEGER, 
	ended_at TEXT NOT NULL, 
	CONSTRAINT outcomes_key PRIMARY KEY (id), 
	CONSTRAINT outcomes_run_id_is_in_runs FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE SET NULL, 
	CONSTRAINT outcomes_article_id_is_in_articles FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE SET NULL
);
INSERT INTO "outcomes" VALUES(1,NULL,'in/harbour.txt','added',NULL,1,'2026-11-23T06:24:07.782952+00:00');
CREATE TABLE paragraphs (
	article_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	start_char INTEGER NOT NULL, 
	end_char INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	markup TEXT, 
	CONSTRAINT paragraphs_key PRIMARY KEY (article_id, position), 
	CONSTRAINT paragraphs_article_id_is_in_articles FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "paragraphs" VALUES(1,0,0,40,'title',NULL);
INSERT INTO "paragraphs" VALUES(1,1,42,56,'byline',NULL);
INSERT INTO "paragraphs" VALUES(1,2,58,100,'standfirst',NULL);
INSERT INTO "paragraphs" VALUES(1,3,102,228,'body',NULL);
INSERT INTO "paragraphs" VALUES(1,4,230,421,'body',NULL);
INSERT INTO "paragraphs" VALUES(1,5,423,472,'body',NULL);
INSERT INTO "paragraphs" VALUES(1,6,474,489,'heading',NULL);
INSERT INTO "paragraphs" VALUES(1,7,491,595,'body',NULL);
INSERT INTO "paragraphs" VALUES(1,8,597,627,'promotion',NULL);
INSERT INTO "paragraphs" VALUES(1,9,629,664,'related',NULL);
INSERT INTO "paragraphs" VALUES(1,10,666,697,'sources',NULL);
INSERT INTO "paragraphs" VALUES(1,11,699,724,'body',NULL);
CREATE TABLE people (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL, 
	note TEXT, 
	authority TEXT, 
	walks JSON NOT NULL, 
	merged_into INTEGER, 
	CONSTRAINT people_key PRIMARY KEY (id), 
	CONSTRAINT people_merged_into_is_in_people FOREIGN KEY(merged_into) REFERENCES people (id) ON DELETE SET NULL
);
INSERT INTO "people" VALUES(1,'person','Jorun Falk',NULL,NULL,'["politics"]',NULL);
INSERT INTO "people" VALUES(2,'outlet','Weyport Ledger',NULL,NULL,'[]',NULL);
INSERT INTO "people" VALUES(3,'person','Tomas Brandvold',NULL,NULL,'[]',NULL);
INSERT INTO "people" VALUES(4,'organisation','Ministry of Tides',NULL,NULL,'[]',NULL);
CREATE TABLE people_blocks (
	block TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	CONSTRAINT people_blocks_key PRIMARY KEY (block, person_id), 
	CONSTRAINT people_blocks_person_id_is_in_people FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "people_blocks" VALUES('=falk',1);
INSERT INTO "people_blocks" VALUES('falk jorun',1);
INSERT INTO "people_blocks" VALUES('jorun f',1);
INSERT INTO "people_blocks" VALUES('weyport ledger',2);
INSERT INTO "people_blocks" VALUES('wl',2);
INSERT INTO "people_blocks" VALUES('=brandvold',3);
INSERT INTO "people_blocks" VALUES('brandvold tomas',3);
INSERT INTO "people_blocks" VALUES('tomas b',3);
INSERT INTO "people_blocks" VALUES('ministry of tides',4);
INSERT INTO "people_blocks" VALUES('mot',4);
INSERT INTO "people_blocks" VALUES('mt',4);
INSERT INTO "people_blocks" VALUES('ot',4);
INSERT INTO "people_blocks" VALUES('tides ministry',4);
CREATE TABLE people_names (
	person_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	"key" TEXT, 
	listed BOOLEAN NOT NULL, 
	CONSTRAINT people_names_key PRIMARY KEY (person_id, name), 
	CONSTRAINT people_names_person_id_is_in_people FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "people_names" VALUES(1,'Jorun Falk','jorun falk',0);
INSERT INTO "people_names" VALUES(2,'Weyport Ledger','weyport ledger',0);
INSERT INTO "people_names" VALUES(3,'Tomas Brandvold','tomas brandvold',0);
INSERT INTO "people_names" VALUES(4,'Ministry of Tides','ministry of tides',0);
CREATE TABLE people_roles (
	person_id INTEGER NOT NULL, 
	role TEXT NOT NULL, 
	CONSTRAINT people_roles_key PRIMARY KEY (person_id, role), 
	CONSTRAINT people_roles_person_id_is_in_people FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE proposals (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	other_id INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	proposed_at TEXT NOT NULL, 
	decision_id INTEGER, 
	CONSTRAINT proposals_key PRIMARY KEY (id), 
	CONSTRAINT proposals_person_id_other_id_once UNIQUE (person_id, other_id), 
	CONSTRAINT proposals_person_id_is_in_people FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE, 
	CONSTRAINT proposals_other_id_is_in_people FOREIGN KEY(other_id) REFERENCES people (id) ON DELETE CASCADE, 
	CONSTRAINT proposals_decision_id_is_in_decisions FOREIGN KEY(decision_id) REFERENCES decisions (id) ON DELETE SET NULL
);
CREATE TABLE quotation_counts (
	kind TEXT NOT NULL, 
	word TEXT NOT NULL, 
	n INTEGER NOT NULL, 
	CONSTRAINT quotation_counts_key PRIMARY KEY (kind, word)
)
 WITHOUT ROWID

;
CREATE TABLE quotation_families (
	id INTEGER NOT NULL, 
	fullest_id INTEGER NOT NULL, 
	n_copies INTEGER NOT NULL, 
	speakers JSON NOT NULL, 
	days JSON NOT NULL, 
	CONSTRAINT quotation_families_key PRIMARY KEY (id)
);
CREATE TABLE quotation_keys (
	"key" BIGINT NOT NULL, 
	quotation_id INTEGER NOT NULL, 
	CONSTRAINT quotation_keys_key PRIMARY KEY ("key", quotation_id)
)
 WITHOUT ROWID

;
CREATE TABLE quotations (
	id INTEGER NOT NULL, 
	article_id INTEGER NOT NULL, 
	family_id INTEGER, 
	statement_id INTEGER, 
	kind TEXT NOT NULL, 
	start_char INTEGER NOT NULL, 
	end_char INTEGER NOT NULL, 
	n_words INTEGER NOT NULL, 
	published DATE, 
	speaker TEXT, 
	speaker_kind TEXT, 
	said_start DATE, 
	said_end DATE, 
	relation TEXT, 
	score FLOAT, 
	names JSON NOT NULL, 
	words JSON NOT NULL, 
	places TEXT NOT NULL, 
	CONSTRAINT quotations_key PRIMARY KEY (id), 
	CONSTRAINT quotations_article_id_is_in_articles FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE TABLE runs (
	id INTEGER NOT NULL, 
	command TEXT NOT NULL, 
	program TEXT NOT NULL, 
	started_at TEXT NOT NULL, 
	CONSTRAINT runs_key PRIMARY KEY (id)
);
CREATE TABLE schema_version (
	version INTEGER NOT NULL, 
	applied_at TEXT NOT NULL, 
	CONSTRAINT schema_version_key PRIMARY KEY (version)
);
INSERT INTO "schema_version" VALUES(1,'2026-11-23T06:24:07.692429+00:00');
CREATE TABLE statements (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	article_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	source TEXT, 
	cue TEXT, 
	content TEXT NOT NULL, 
	source_spans JSON NOT NULL, 
	cue_spans JSON NOT NULL, 
	content_spans JSON NOT NULL, 
	speaker TEXT, 
	speaker_kind TEXT, 
	speaker_known_by TEXT, 
	speaker_proper TEXT, 
	speaker_confidence FLOAT, 
	form TEXT, 
	act TEXT NOT NULL, 
	said_start DATE, 
	said_end DATE, 
	when_span JSON, 
	parent_id INTEGER, 
	answers_id INTEGER, 
	confidence FLOAT NOT NULL, 
	CONSTRAINT statements_article_id_position_once UNIQUE (article_id, position), 
	CONSTRAINT statements_article_id_is_in_articles FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE, 
	CONSTRAINT statements_parent_id_is_in_statements FOREIGN KEY(parent_id) REFERENCES statements (id) ON DELETE SET NULL, 
	CONSTRAINT statements_answers_id_is_in_statements FOREIGN KEY(answers_id) REFERENCES statements (id) ON DELETE SET NULL
);
INSERT INTO "statements" VALUES(1,1,0,'mayor','says','Harbour [red]may close[/red]','[[30,35]]','[[36,40]]','[[0,28]]','Jorun Falk','person','role',NULL,1.0,NULL,'assert',NULL,NULL,NULL,NULL,NULL,1.0);
INSERT INTO "statements" VALUES(2,1,1,'Mayor Jorun Falk','told','“Our engineer Tomas Brandvold said ‘the quay is <safe> & sound’, and I believe him.”','[[102,118]]','[[119,123]]','[[144,228]]','Jorun Falk','person','name',NULL,1.0,'direct','assert',NULL,NULL,NULL,NULL,NULL,0.98765);
INSERT INTO "statements" VALUES(3,1,2,'Falk','said','"The storms come earlier every year," … "and nobody in the capital listens."','[[268,272]]','[[273,277]]','[[230,267],[279,315]]','Jorun Falk','person','name',NULL,1.0,'direct','assert',NULL,NULL,NULL,NULL,NULL,1.0);
INSERT INTO "statements" VALUES(4,1,3,'The paper','asked','"Will the ferry 🚢 stop?"','[[316,325]]','[[326,331]]','[[337,361]]','Weyport Ledger','outlet','role',NULL,1.0,'direct','ask',NULL,NULL,NULL,NULL,NULL,1.0);
INSERT INTO "statements" VALUES(5,1,4,'Falk','answered','yes','[[362,366]]','[[367,375]]','[[376,379]]','Jorun Falk','person','name',NULL,1.0,'indirect','assert',NULL,NULL,NULL,NULL,4,1.0);
INSERT INTO "statements" VALUES(6,1,5,'Falk','warned','that the dyke would not hold','[[362,366]]','[[385,391]]','[[392,420]]','Jorun Falk','person','name',NULL,1.0,'indirect','evaluate',NULL,NULL,NULL,NULL,NULL,1.0);
INSERT INTO "statements" VALUES(7,1,6,NULL,NULL,'"It is a matter of weeks, and the café knows it.','[]','[]','[[423,472]]',NULL,NULL,NULL,NULL,NULL,'direct','assert',NULL,NULL,NULL,NULL,NULL,0.25);
INSERT INTO "statements" VALUES(8,1,7,'the Ledger','reported','that the Ministry of Tides expects a flood','[[503,513]]','[[514,522]]','[[523,565]]','Weyport Ledger','outlet','name',NULL,1.0,'indirect','assert','2031-01-06','2031-01-12','[492,501]',NULL,NULL,1.0);
INSERT INTO "statements" VALUES(9,1,8,'العمدة','قال','إن الميناء آمن','[[703,709]]','[[699,702]]','[[710,724]]',NULL,NULL,NULL,NULL,NULL,'indirect','assert',NULL,NULL,NULL,NULL,NULL,1.0);
INSERT INTO "statements" VALUES(10,1,9,'Our engineer Tomas Brandvold','said','‘the quay is <safe> & sound’','[[145,173]]','[[174,178]]','[[179,207]]','Tomas Brandvold','person','name',NULL,1.0,NULL,'assert',NULL,NULL,NULL,2,NULL,1.0);
INSERT INTO "statements" VALUES(11,1,10,'I','believe','him','[[213,214]]','[[215,222]]','[[223,226]]','Jorun Falk','person','pronoun',NULL,1.0,NULL,'think',NULL,NULL,NULL,2,NULL,1.0);
INSERT INTO "statements" VALUES(12,1,11,'the Ministry of Tides','expects','a flood','[[528,549]]','[[550,557]]','[[558,565]]','Ministry of Tides','organisation','name',NULL,1.0,NULL,'think',NULL,NULL,NULL,8,NULL,1.0);
CREATE TABLE statements_as_read (
	statement_id INTEGER NOT NULL, 
	article_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	source TEXT, 
	cue TEXT, 
	content TEXT NOT NULL, 
	source_spans JSON NOT NULL, 
	cue_spans JSON NOT NULL, 
	content_spans JSON NOT NULL, 
	speaker TEXT, 
	speaker_kind TEXT, 
	speaker_known_by TEXT, 
	speaker_proper TEXT, 
	speaker_confidence FLOAT, 
	form TEXT, 
	act TEXT NOT NULL, 
	said_start DATE, 
	said_end DATE, 
	when_span JSON, 
	parent_id INTEGER, 
	answers_id INTEGER, 
	confidence FLOAT NOT NULL, 
	vias JSON NOT NULL, 
	people JSON NOT NULL, 
	projection TEXT, 
	cell INTEGER, 
	numbers BLOB, 
	is_read BOOLEAN NOT NULL, 
	CONSTRAINT statements_as_read_key PRIMARY KEY (statement_id), 
	CONSTRAINT statements_as_read_article_id_is_in_articles FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE TABLE tokens (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	revoked_at TEXT, 
	CONSTRAINT tokens_hash_once UNIQUE (hash)
);
CREATE TABLE vectors (
	projection TEXT NOT NULL, 
	cell INTEGER NOT NULL, 
	statement_id INTEGER NOT NULL, 
	numbers BLOB NOT NULL, 
	CONSTRAINT vectors_key PRIMARY KEY (projection, cell, statement_id), 
	CONSTRAINT vectors_statement_id_once UNIQUE (statement_id), 
	CONSTRAINT vectors_statement_id_is_in_statements FOREIGN KEY(statement_id) REFERENCES statements (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE vias (
	statement_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	role TEXT NOT NULL, 
	proper TEXT, 
	start_char INTEGER, 
	end_char INTEGER, 
	CONSTRAINT vias_key PRIMARY KEY (statement_id, position), 
	CONSTRAINT vias_statement_id_is_in_statements FOREIGN KEY(statement_id) REFERENCES statements (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "vias" VALUES(2,0,'Weyport Ledger','venue',NULL,128,142);
INSERT INTO "vias" VALUES(12,0,'Weyport Ledger','reporter',NULL,NULL,NULL);
CREATE INDEX articles_copy_group ON articles (copy_group);
CREATE INDEX articles_source_key_name ON articles (source_key, name);
CREATE INDEX articles_content_hash_source_key ON articles (content_hash, source_key);
CREATE INDEX articles_name ON articles (name);
CREATE INDEX articles_outlet ON articles (outlet);
CREATE INDEX articles_to_trace ON articles (published) WHERE traced_at IS NULL;
CREATE INDEX articles_superseded_by ON articles (superseded_by) WHERE superseded_by IS NOT NULL;
CREATE INDEX articles_published ON articles (published);
CREATE INDEX feeds_next_due ON feeds (next_due);
CREATE INDEX people_authority ON people (authority);
CREATE INDEX people_merged_into ON people (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX quotations_article_id ON quotations (article_id);
CREATE INDEX quotations_family_id ON quotations (family_id);
CREATE INDEX links_address ON links (address);
CREATE INDEX cited_outlets_name ON cited_outlets (name);
CREATE INDEX statements_answers_id ON statements (answers_id) WHERE answers_id IS NOT NULL;
CREATE INDEX statements_parent_id ON statements (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX statements_speaker_proper ON statements (speaker_proper) WHERE speaker_proper IS NOT NULL;
CREATE INDEX statements_speaker_speaker_kind ON statements (speaker, speaker_kind);
CREATE INDEX addresses_article_id ON addresses (article_id);
CREATE INDEX fingerprints_article_id ON fingerprints (article_id);
CREATE INDEX outcomes_run_id ON outcomes (run_id);
CREATE INDEX outcomes_source ON outcomes (source);
CREATE INDEX outcomes_article_id ON outcomes (article_id);
CREATE INDEX entries_address_key ON entries (address_key);
CREATE INDEX people_names_by_key ON people_names ("key");
CREATE INDEX people_names_by_name ON people_names (name);
CREATE INDEX people_blocks_person_id ON people_blocks (person_id);
CREATE INDEX decisions_person_id ON decisions (person_id);
CREATE INDEX decisions_other_id ON decisions (other_id);
CREATE INDEX statements_as_read_article_id ON statements_as_read (article_id);
CREATE INDEX corrections_statement_id ON corrections (statement_id);
CREATE INDEX corrections_carried_from ON corrections (carried_from) WHERE carried_from IS NOT NULL;
CREATE INDEX corrections_article_id ON corrections (article_id);
CREATE INDEX vias_name ON vias (name);
CREATE INDEX appearances_article_id ON appearances (article_id);
CREATE INDEX appearances_person_id_described_day ON appearances (person_id, described, day) WHERE described IS NOT NULL;
CREATE INDEX appearances_person_id_name_day ON appearances (person_id, name, day);
CREATE INDEX moved_statement_id ON moved (statement_id);
CREATE INDEX moved_person_id ON moved (person_id);
CREATE INDEX proposals_other_id ON proposals (other_id);
CREATE INDEX proposals_decision_id ON proposals (decision_id);
CREATE VIEW quoted AS
        SELECT q.family_id, q.id AS quotation_id, q.kind, q.speaker,
               substr(a.text, q.start_char + 1, q.end_char - q.start_char) AS words,
               a.outlet, a.published, a.title, a.url, a.id AS article_id, q.statement_id
        FROM quotations q JOIN articles a ON a.id = q.article_id
        WHERE a.superseded_by IS NULL;
CREATE VIEW current_articles AS
        SELECT a.id, a.name, a.outlet, a.title, a.published, a.url, a.source, a.version, a.copy_group,
               (SELECT count(*) FROM statements s WHERE s.article_id = a.id) AS n_statements, a.added_at
        FROM articles a
        WHERE a.superseded_by IS NULL;
CREATE VIEW said AS
        SELECT s.id, coalesce(s.speaker_proper, s.speaker) AS speaker, s.speaker_kind, s.cue, s.content, s.form, s.act,
               s.said_start, s.said_end, a.outlet, a.published, a.title, a.url, a.id AS article_id, a.copy_group,
               s.confidence,
               EXISTS (SELECT 1 FROM corrections c WHERE c.statement_id = s.id AND c.undone_at IS NULL) AS corrected
        FROM statements s JOIN articles a ON a.id = s.article_id
        WHERE a.superseded_by IS NULL;
CREATE VIEW corrected AS
        SELECT c.id, c.statement_id, c.field, r.speaker AS speaker_as_read, s.speaker, r.content AS content_as_read,
               s.content, c.note, c.decided_by, c.decided_at, a.name AS article, a.id AS article_id
        FROM corrections c JOIN articles a ON a.id = c.article_id
        LEFT JOIN statements s ON s.id = c.statement_id
        LEFT JOIN statements_as_read r ON r.statement_id = c.statement_id
        WHERE c.undone_at IS NULL AND a.superseded_by IS NULL;
CREATE VIEW copies AS
        SELECT a.copy_group, a.id AS article_id, a.outlet, a.title, a.published, a.url, a.source
        FROM articles a
        WHERE EXISTS (SELECT 1 FROM articles b WHERE b.copy_group = a.copy_group AND b.id <> a.id);
CREATE VIEW outcome_counts AS
        SELECT run_id, outcome, count(*) AS n_inputs
        FROM outcomes
        GROUP BY run_id, outcome;
CREATE VIEW spoken_for AS
        SELECT leader.id AS person_id, leader.name AS person, leader.kind, ap.role, ap.name, ap.described, ap.day,
               s.id AS statement_id, s.content, a.outlet, a.title, a.id AS article_id
        FROM appearances ap
        JOIN people p ON p.id = ap.person_id
        JOIN people leader ON leader.id = coalesce(p.merged_into, p.id)
        JOIN statements s ON s.id = ap.statement_id
        JOIN articles a ON a.id = ap.article_id;
CREATE VIEW statement_texts AS
SELECT s.id, s.article_id, s.content,
       (SELECT group_concat(substr(a.text, p.start_char + 1, p.end_char - p.start_char), ' ') FROM paragraphs p
        WHERE p.article_id = s.article_id AND p.start_char < json_extract(s.content_spans, '$[#-1][1]')
              AND p.end_char > json_extract(s.content_spans, '$[0][0]')) AS around,
       coalesce(s.speaker, '') || ' ' || coalesce(s.speaker_proper, '') AS speaker, a.title AS headline
FROM statements s JOIN articles a ON a.id = s.article_id
WHERE a.superseded_by IS NULL;
CREATE VIRTUAL TABLE statement_words USING fts5(
    content, around, speaker, headline,
    content = 'statement_texts', content_rowid = 'id', tokenize = "porter unicode61 remove_diacritics 2"
);
INSERT INTO statement_words(statement_words) VALUES ('rebuild');
CREATE TRIGGER words_of_changing_statement BEFORE UPDATE OF content, content_spans, speaker, speaker_proper ON statements BEGIN 
    INSERT INTO statement_words(statement_words, rowid, content, around, speaker, headline)
    SELECT 'delete', id, content, around, speaker, headline FROM statement_texts WHERE id = old.id; END;
CREATE TRIGGER words_of_changed_statement AFTER UPDATE OF content, content_spans, speaker, speaker_proper ON statements BEGIN 
    INSERT INTO statement_words(rowid, content, around, speaker, headline)
    SELECT id, content, around, speaker, headline FROM statement_texts WHERE id = new.id; END;
CREATE TRIGGER words_of_going_statement BEFORE DELETE ON statements BEGIN 
    INSERT INTO statement_words(statement_words, rowid, content, around, speaker, headline)
    SELECT 'delete', id, content, around, speaker, headline FROM statement_texts WHERE id = old.id; END;
CREATE TRIGGER words_of_changing_article BEFORE UPDATE OF title, text, superseded_by ON articles BEGIN 
    INSERT INTO statement_words(statement_words, rowid, content, around, speaker, headline)
    SELECT 'delete', id, content, around, speaker, headline FROM statement_texts WHERE article_id = old.id; END;
CREATE TRIGGER words_of_changed_article AFTER UPDATE OF title, text, superseded_by ON articles BEGIN 
    INSERT INTO statement_words(rowid, content, around, speaker, headline)
    SELECT id, content, around, speaker, headline FROM statement_texts WHERE article_id = new.id; END;
CREATE TRIGGER words_of_going_article BEFORE DELETE ON articles BEGIN 
    INSERT INTO statement_words(statement_words, rowid, content, around, speaker, headline)
    SELECT 'delete', id, content, around, speaker, headline FROM statement_texts WHERE article_id = old.id; END;
COMMIT;
