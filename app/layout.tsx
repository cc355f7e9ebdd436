/** The document. Every page is dynamic: the content policy's nonce and the reader's identity differ per request. */
import "./globals.css";
import type { Metadata } from "next";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "./providers";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: { default: "Throughline", template: "%s · Throughline" },
  description: "One incident, one timeline, for everybody who has to explain it.",
};

export default async function RootLayout({ children }: Readonly<{ children: ReactNode }>) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body>
        <Providers {...(nonce === undefined ? {} : { nonce })}>{children}</Providers>
      </body>
    </html>
  );
}
