/** Under what is hidden for a role: the way to it. Which roles have an ability is the policy's to say. */
import Link from "next/link";

export function HowToAsk() {
  return (
    <p className="text-muted">
      If you have a role with it, switch in the account menu; else ask for one under{" "}
      <Link href="/account/access" className="underline">
        Access
      </Link>
      .
    </p>
  );
}
