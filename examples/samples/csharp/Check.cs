using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
#if __MonoCS__
using System.Web.Script.Serialization;
#else
using System.Text.Json;
#endif

public sealed class Vectors
{
    public List<Signature> Signatures { get; set; }
    public List<Challenge> Challenges { get; set; }
    public List<Batch> Batches { get; set; }
}

public sealed class Signature
{
    public string Secret { get; set; }
    public string Body { get; set; }
    public string Header { get; set; }
    public bool IsGood { get; set; }
}

public sealed class Challenge
{
    public string Secret { get; set; }
    public string Code { get; set; }
    public string Response { get; set; }
}

public sealed class Batch
{
    public List<string> Sent { get; set; }
    public BatchAnswer Answer { get; set; }
    public Dictionary<string, string> Refused { get; set; }
}

public static class Check
{
    public static void Main(string[] args)
    {
        var vectors = Read(File.ReadAllText(args[0]));
        foreach (var each in vectors.Signatures)
            if (RscSamples.IsSigned(each.Secret, Encoding.UTF8.GetBytes(each.Body), each.Header) != each.IsGood)
                throw new Exception($"signature {each.Header} of {each.Body}");
        foreach (var each in vectors.Challenges)
            if (RscSamples.ChallengeResponse(each.Secret, each.Code) != each.Response)
                throw new Exception($"challenge {each.Code}");
        foreach (var each in vectors.Batches)
        {
            var found = RscSamples.Refused(each.Answer, each.Sent);
            if (found.Count != each.Refused.Count || found.Any(pair => !each.Refused.TryGetValue(pair.Key, out var why) || why != pair.Value))
                throw new Exception("batch: " + string.Join(", ", found.Select(pair => $"{pair.Key} {pair.Value}")));
        }
        Console.Write("ok\n");
    }

#if __MonoCS__
    private static Vectors Read(string json) => new JavaScriptSerializer().Deserialize<Vectors>(json);
#else
    private static Vectors Read(string json) => JsonSerializer.Deserialize<Vectors>(json, new JsonSerializerOptions(JsonSerializerDefaults.Web));
#endif
}
