CREATE TABLE "bulk_operations" (
	"bulk_id" text PRIMARY KEY NOT NULL,
	"operation" text NOT NULL,
	"dry_run" boolean NOT NULL,
	"asked_by" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "bulk_rows" (
	"bulk_id" text NOT NULL,
	"row" integer NOT NULL,
	"line" integer,
	"practice" text NOT NULL,
	"subject" text NOT NULL,
	"request" text,
	"attempt" integer NOT NULL,
	"migration_id" text,
	"status" text NOT NULL,
	"code" text,
	"detail" text,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "bulk_rows_bulk_id_row_pk" PRIMARY KEY("bulk_id","row")
);
--> statement-breakpoint
CREATE INDEX "bulk_rows_by_status" ON "bulk_rows" USING btree ("bulk_id","status","row");