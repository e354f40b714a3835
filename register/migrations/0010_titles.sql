ALTER TABLE "migrations" ADD COLUMN "source_supplier_name" text;--> statement-breakpoint
ALTER TABLE "migrations" ADD COLUMN "target_supplier_name" text;--> statement-breakpoint
ALTER TABLE "migrations" ADD COLUMN "next_title" text;--> statement-breakpoint
ALTER TABLE "migrations" ADD COLUMN "critical_title" text;