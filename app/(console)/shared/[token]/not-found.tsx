/** The same words whether a link never was, is over, was revoked or is not for this reader. */
import Link from "next/link";

export default function NotFound() {
  return (
    <div className="mx-auto max-w-xl px-4 py-12 text-center">
      <h1 className="text-section font-strong">This link cannot be opened</h1>
      <p className="mt-1 mb-4 text-muted">
        It may have ended, or it is not meant for your role. Ask the person who sent it for a new one.
      </p>
      <Link href="/" className="text-accent underline">
        Search for an incident
      </Link>
    </div>
  );
}
