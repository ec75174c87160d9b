// How an ATS checks a notification, and what it makes of a batch answer. .NET 8, .NET Framework 4.6.2 or Mono, their base library only.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Text;

/// <summary>What a batch is answered with, as any JSON library reads it.</summary>
public sealed class BatchAnswer
{
    public Dictionary<string, Outcome> Results { get; set; }
    public Dictionary<string, Outcome> Errors { get; set; }
}

public sealed class Outcome
{
    public int Status { get; set; }
    public string Message { get; set; }
}

public static class RscSamples
{
    /// <summary>X-LI-Signature is the hexadecimal HMAC-SHA256 of "hmacsha256=" and the body as it came, byte for byte.</summary>
    public static bool IsSigned(string secret, byte[] body, string header)
    {
        var expected = Hmac(secret, Encoding.ASCII.GetBytes("hmacsha256=").Concat(body).ToArray());
        if (header.Length != expected.Length) return false;
        // All of it is compared, however early it differs: the time taken tells nothing.
        var difference = 0;
        for (var at = 0; at < expected.Length; at++) difference |= expected[at] ^ header[at];
        return difference == 0;
    }

    /// <summary>What to answer GET ?challengeCode=… with, as challengeResponse beside the code.</summary>
    public static string ChallengeResponse(string secret, string code) => Hmac(secret, Encoding.UTF8.GetBytes(code));

    /// <summary>HTTP 200 says nothing about a record. Which of the keys that were sent failed, and why: in errors, in results, or unanswered.</summary>
    public static Dictionary<string, string> Refused(BatchAnswer answer, IEnumerable<string> keys)
    {
        var outcomes = new Dictionary<string, Outcome>();
        foreach (var part in new[] { answer.Results, answer.Errors })
            if (part != null)
                foreach (var member in part)
                    outcomes[Parts(member.Key)] = member.Value;
        var failed = new Dictionary<string, string>();
        foreach (var key in keys)
        {
            if (!outcomes.TryGetValue(Parts(key), out var outcome))
                failed[key] = "0: no answer";
            else if (outcome.Status >= 400)
                failed[key] = $"{outcome.Status}: {(outcome.Message ?? "").Trim()}";
        }
        return failed;
    }

    /// <summary>Answers order and encode the parts of a key as they like: compare what they mean.</summary>
    private static string Parts(string key)
    {
        var pairs = key.Split('&').Select(pair => string.Join("\u0000", pair.Split(new[] { '=' }, 2).Select(WebUtility.UrlDecode)));
        return string.Join("\u0001", pairs.OrderBy(pair => pair, StringComparer.Ordinal));
    }

    private static string Hmac(string secret, byte[] text)
    {
        using (var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(secret)))
            return BitConverter.ToString(hmac.ComputeHash(text)).Replace("-", "").ToLowerInvariant();
    }
}
