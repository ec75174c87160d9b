<?php
// How an ATS checks a notification, and what it makes of a batch answer. PHP 8 without extensions.
declare(strict_types=1);

/** X-LI-Signature is the hexadecimal HMAC-SHA256 of "hmacsha256=" and the body as it came (php://input), byte for byte. */
function is_signed(string $secret, string $body, string $header): bool
{
    return hash_equals(hash_hmac('sha256', 'hmacsha256=' . $body, $secret), $header);
}

/** What to answer GET ?challengeCode=… with, as challengeResponse beside the code. */
function challenge_response(string $secret, string $code): string
{
    return hash_hmac('sha256', $code, $secret);
}

/** HTTP 200 says nothing about a record. Which of the keys that were sent failed, and why: in errors, in results, or unanswered. */
function refused(array $answer, array $keys): array
{
    $outcomes = [];
    foreach (['results', 'errors'] as $part) {
        foreach ($answer[$part] ?? [] as $key => $outcome) {
            $outcomes[parts((string) $key)] = $outcome;
        }
    }
    $failed = [];
    foreach ($keys as $key) {
        $outcome = $outcomes[parts($key)] ?? null;
        if ($outcome === null) {
            $failed[$key] = '0: no answer';
        } elseif (($outcome['status'] ?? 0) >= 400) {
            $failed[$key] = $outcome['status'] . ': ' . trim($outcome['message'] ?? '');
        }
    }
    return $failed;
}

/** Answers order and encode the parts of a key as they like: compare what they mean. */
function parts(string $key): string
{
    $pairs = array_map(
        fn(string $pair) => array_map('urldecode', explode('=', $pair, 2)),
        explode('&', $key),
    );
    sort($pairs);
    return json_encode($pairs, JSON_THROW_ON_ERROR);
}
