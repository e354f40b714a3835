CREATE TABLE "audit" (
	"migration_id" text NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"type" text NOT NULL,
	"data" jsonb NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_migration_id_seq_pk" PRIMARY KEY("migration_id","seq")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"migration_id" text NOT NULL,
	"key" text NOT NULL,
	"as_of_seq" integer NOT NULL,
	"message_id" text NOT NULL,
	"kind" text NOT NULL,
	"to_key" text NOT NULL,
	"outcome" text NOT NULL,
	"may_have_repeated" boolean NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"milestone_ids" jsonb NOT NULL,
	CONSTRAINT "messages_migration_id_key_pk" PRIMARY KEY("migration_id","key")
);
--> statement-breakpoint
CREATE TABLE "migrations" (
	"migration_id" text PRIMARY KEY NOT NULL,
	"as_of_seq" integer NOT NULL,
	"workflow_id" text NOT NULL,
	"ods_code" text NOT NULL,
	"practice_name" text NOT NULL,
	"rehearsal" boolean NOT NULL,
	"status" text NOT NULL,
	"phase" text NOT NULL,
	"division" text NOT NULL,
	"icb" text NOT NULL,
	"source_supplier_id" text NOT NULL,
	"target_supplier_id" text NOT NULL,
	"rule_set" text NOT NULL,
	"calendar_version" text NOT NULL,
	"date_version" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"next_deadline_on" date,
	"next_milestone_id" text,
	"slipped" integer NOT NULL,
	"anchors" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "milestones" (
	"migration_id" text NOT NULL,
	"milestone_id" text NOT NULL,
	"as_of_seq" integer NOT NULL,
	"rule_id" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"holder" text NOT NULL,
	"holder_name" text NOT NULL,
	"party_id" text,
	"anchor" text NOT NULL,
	"opens_on" date,
	"due_on" date,
	"provisional" boolean NOT NULL,
	"status" text NOT NULL,
	"settled_on" date,
	"settled_by" text,
	"slipped_on" date,
	CONSTRAINT "milestones_migration_id_milestone_id_pk" PRIMARY KEY("migration_id","milestone_id")
);
--> statement-breakpoint
CREATE INDEX "migrations_by_deadline" ON "migrations" USING btree ("next_deadline_on","migration_id");--> statement-breakpoint
CREATE INDEX "migrations_by_ods_code" ON "migrations" USING btree ("ods_code");