// How an ATS checks a notification, and what it makes of a batch answer. .NET 8, its base library only.
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

public static class RscSamples
{
    /// <summary>X-LI-Signature is the hexadecimal HMAC-SHA256 of "hmacsha256=" and the body as it came, byte for byte.</summary>
    public static bool IsSigned(string secret, byte[] body, string header)
    {
        byte[] text = [.. Encoding.ASCII.GetBytes("hmacsha256="), .. body];
        var expected = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), text)).ToLowerInvariant();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(header));
    }

    /// <summary>What to answer GET ?challengeCode=… with, as challengeResponse beside the code.</summary>
    public static string ChallengeResponse(string secret, string code) =>
        Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(code))).ToLowerInvariant();

    /// <summary>HTTP 200 says nothing about a record. Which of the keys that were sent failed, and why: in errors, in results, or unanswered.</summary>
    public static Dictionary<string, string> Refused(JsonElement answer, IEnumerable<string> keys)
    {
        var outcomes = new Dictionary<string, JsonElement>();
        foreach (var part in new[] { "results", "errors" })
            if (answer.TryGetProperty(part, out var members))
                foreach (var member in members.EnumerateObject())
                    outcomes[Parts(member.Name)] = member.Value;
        var failed = new Dictionary<string, string>();
        foreach (var key in keys)
        {
            if (!outcomes.TryGetValue(Parts(key), out var outcome))
                failed[key] = "0: no answer";
            else if (outcome.TryGetProperty("status", out var status) && status.GetInt32() >= 400)
                failed[key] = $"{status.GetInt32()}: {(outcome.TryGetProperty("message", out var message) ? message.GetString()?.Trim() : "")}";
        }
        return failed;
    }

    /// <summary>Answers order and encode the parts of a key as they like: compare what they mean.</summary>
    private static string Parts(string key)
    {
        var pairs = key.Split('&').Select(pair => string.Join('\u0000', pair.Split('=', 2).Select(System.Net.WebUtility.UrlDecode)));
        return string.Join('\u0001', pairs.Order(StringComparer.Ordinal));
    }
}
