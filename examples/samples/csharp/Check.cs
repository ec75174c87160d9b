using System.Text;
using System.Text.Json;

var vectors = JsonDocument.Parse(File.ReadAllText(args[0])).RootElement;
string Text(JsonElement each, string name) => each.GetProperty(name).GetString()!;
foreach (var each in vectors.GetProperty("signatures").EnumerateArray())
    if (RscSamples.IsSigned(Text(each, "secret"), Encoding.UTF8.GetBytes(Text(each, "body")), Text(each, "header")) != each.GetProperty("isGood").GetBoolean())
        throw new Exception(each.ToString());
foreach (var each in vectors.GetProperty("challenges").EnumerateArray())
    if (RscSamples.ChallengeResponse(Text(each, "secret"), Text(each, "code")) != Text(each, "response"))
        throw new Exception(each.ToString());
foreach (var each in vectors.GetProperty("batches").EnumerateArray())
{
    var found = RscSamples.Refused(each.GetProperty("answer"), each.GetProperty("sent").EnumerateArray().Select(key => key.GetString()!));
    var expected = each.GetProperty("refused").EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString()!);
    if (found.Count != expected.Count || found.Any(pair => expected.GetValueOrDefault(pair.Key) != pair.Value))
        throw new Exception(JsonSerializer.Serialize(found));
}
Console.WriteLine("ok");
