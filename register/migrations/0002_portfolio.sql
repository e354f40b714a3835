ALTER TABLE "migrations" ADD COLUMN "critical_on" date;--> statement-breakpoint
ALTER TABLE "migrations" ADD COLUMN "critical_milestone_id" text;--> statement-breakpoint
ALTER TABLE "migrations" ADD COLUMN "delay_holders" jsonb;--> statement-breakpoint
ALTER TABLE "migrations" ADD COLUMN "owner" text;--> statement-breakpoint
CREATE INDEX "milestones_by_holder" ON "milestones" USING btree ("holder","due_on");