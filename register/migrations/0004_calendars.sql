CREATE TABLE "calendar_feeds" (
	"operator_key" text PRIMARY KEY NOT NULL,
	"feed_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "migrations" ADD COLUMN "operator_key" text;--> statement-breakpoint
ALTER TABLE "migrations" ADD COLUMN "mail_domain" text;--> statement-breakpoint
ALTER TABLE "migrations" ADD COLUMN "closed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "milestones" ADD COLUMN "calendar_sequence" integer;--> statement-breakpoint
ALTER TABLE "milestones" ADD COLUMN "calendar_changed_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feeds_by_id" ON "calendar_feeds" USING btree ("feed_id");--> statement-breakpoint
CREATE INDEX "migrations_by_operator" ON "migrations" USING btree ("operator_key");