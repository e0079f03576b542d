using System.Text;
using System.Text.Json;
using Leda.Harness.Simulator.JsonSchema;

namespace Leda.Harness.Simulator.Tests.JsonSchema;

/// <summary>The validator by our own cases, so that it is held to the standard where the official suite is not at hand.</summary>
public sealed class ValidatorTests
{
    /// <summary>A schema, values that pass, values that do not.</summary>
    public static TheoryData<string, string[], string[]> Cases => new()
    {
        { "true", ["1", "null", "{}"], [] },
        { "false", [], ["1", "null", "{}"] },
        { """{"type":"integer"}""", ["1", "-7", "1.0", "1e3", "10.50e1", "123456789012345678901234567890"], ["1.5", "\"1\"", "null", "15e-1"] },
        { """{"type":["null","number"]}""", ["1.5", "null"], ["[]", "true"] },
        { """{"minimum":0.1,"exclusiveMaximum":1e2}""", ["0.1", "0.10", "99.99999999999999999999", "\"x\""], ["0.09999999999999999999999", "100", "1e2", "-1"] },
        { """{"maximum":9007199254740993}""", ["9007199254740993", "-1e999999999999"], ["9007199254740994", "9007199254740993.5", "1e999999999999"] },
        { """{"multipleOf":0.01}""", ["0", "0.07", "19.99", "1e300", "-4.35"], ["0.075", "1e-3"] },
        { """{"minLength":2,"maxLength":3}""", ["\"ab\"", "\"äöü\"", "\"\\ud83d\\ude00\\u00e4\"", "\"😀😀\""], ["\"a\"", "\"😀\"", "\"abcd\"", "\"\\u0041\""] },
        { """{"pattern":"^a\\d$"}""", ["\"a1\"", "1"], ["\"a1\\n\"", "\"a٣\"", "\"ba1\""] },
        { """{"pattern":"^\\w+\\s\\S$"}""", ["\"ab c\"", "\"a\u00a0c\""], ["\"ä b\"", "\"a  \""] },
        { """{"pattern":"^[\\w.\\-\\]\\[]+$"}""", ["\"a-].[\""], ["\"a b\"", "\"\\\\\""] },
        { """{"pattern":"^[a-c-[b]$"}""", ["\"a\"", "\"[\"", "\"-\""], ["\"d\""] },
        { """{"pattern":"^(?=.*x).{3}$"}""", ["\"axb\""], ["\"abc\"", "\"ax\\u2028\""] },
        { """{"pattern":"\\cC\\/\\.\\x41\\b"}""", ["\"-\\u0003/.A B\""], ["\"\\u0003/xA\"", "\"\\u0003/.AB\""] },
        { """{"enum":["a",1,[2],{"x":1,"y":null}]}""", ["\"a\"", "\"\\u0061\"", "1.0", "[2.0]", "{\"y\":null,\"x\":1}"], ["\"1\"", "true", "[2,2]", "{\"x\":1}"] },
        { """{"const":null}""", ["null"], ["0", "false", "\"\"", "{}"] },
        { """{"items":{"type":"string"},"minItems":1,"maxItems":2}""", ["[\"a\"]", "{}"], ["[]", "[1]", "[\"a\",\"b\",\"c\"]"] },
        { """{"items":[{"type":"string"},true],"additionalItems":false}""", ["[]", "[\"a\"]", "[\"a\",1]"], ["[1]", "[\"a\",1,2]"] },
        { """{"contains":{"minimum":5},"items":{"type":"number"}}""", ["[1,5]", "[7]"], ["[]", "[1]", "[5,\"a\"]"] },
        { """{"uniqueItems":true}""", ["[1,\"1\",true,null]", "[{\"a\":1},{\"a\":2}]"], ["[1,1.0]", "[0,-0.0]", "[\"a\",\"\\u0061\"]", "[{\"a\":1,\"b\":2},{\"b\":2,\"a\":1}]"] },
        { """{"properties":{"a":{"type":"null"},"b":true},"required":["a","c"]}""", ["{\"a\":null,\"c\":1}", "{\"\\u0061\":null,\"\\u0063\":1}"], ["{\"a\":null}", "{\"a\":1,\"c\":1}", "{}"] },
        { """{"properties":{"a":true},"patternProperties":{"^a":{"type":"string"},"b$":{"minLength":2}},"additionalProperties":false}""", ["{\"a\":\"x\",\"ab\":\"xy\"}"], ["{\"a\":1}", "{\"ab\":\"x\"}", "{\"c\":1}"] },
        { """{"propertyNames":{"maxLength":2,"enum":["a","bb","ccc"]}}""", ["{\"a\":1,\"bb\":{}}"], ["{\"ccc\":1}", "{\"b\":1}"] },
        { """{"minProperties":1,"maxProperties":1}""", ["{\"a\":[]}"], ["{}", "{\"a\":1,\"b\":2}"] },
        { """{"dependencies":{"a":["b"],"c":{"minProperties":2}}}""", ["{\"a\":1,\"b\":1}", "{\"b\":1}", "{\"c\":1,\"d\":1}"], ["{\"a\":1}", "{\"c\":1}"] },
        { """{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"maxProperties":0}}""", ["{\"a\":1,\"b\":1}", "{}"], ["{\"a\":1}", "{\"b\":1}"] },
        { """{"allOf":[{"minimum":1},{"maximum":3}],"not":{"const":2}}""", ["1", "3", "\"x\""], ["0", "2", "4"] },
        { """{"anyOf":[{"type":"object","required":["a"]},{"type":"object","required":["b"]},{"type":"null"}]}""", ["{\"b\":{\"a\":[1]}}", "null"], ["{}", "1"] },
        { """{"type":"object","oneOf":[{"required":["a"]},{"required":["b"]}]}""", ["{\"a\":1}", "{\"b\":1}"], ["{}", "{\"a\":1,\"b\":1}", "[]"] },
        { """{"properties":{"next":{"$ref":"#"}},"additionalProperties":false}""", ["{\"next\":{\"next\":{}}}"], ["{\"next\":{\"nest\":{}}}"] },
        { """{"$ref":"#/definitions/a~1b%25","definitions":{"a/b%":{"$ref":"#here"},"c":{"$id":"#here","type":"null"}}}""", ["null"], ["1"] },
        { """{"$ref":"http://json-schema.org/draft-07/schema#"}""", ["true", "{\"type\":\"object\"}"], ["1", "{\"minLength\":-1}", "{\"type\":\"thing\"}"] },
        { """{"format":"date-time"}""", ["\"2023-02-02T08:46:33.79Z\"", "\"1998-12-31T23:59:60Z\"", "5"], ["\"2023\"", "\"2023-13-01T00:00:00Z\"", "\"2023-02-30T00:00:00Z\""] },
        { """{"format":"ipv4"}""", ["\"10.0.0.255\""], ["\"10.0.0.256\"", "\"10.0.0\"", "\"01.0.0.1\""] },
        { """{"format":"uri"}""", ["\"http://a/b?c#d\"", "\"urn:x:y\""], ["\"/a/b\"", "\"http://a b\""] },
        { """{"format":"regex"}""", ["\"^a$\""], ["\"(\"", "\"a\\\\Z\""] },
    };

    [Theory]
    [InlineData("uri-reference")]
    [InlineData("iri")]
    public void Format_TextThatTakesTooLong_DoesNotPass(string format)
    {
        var schema = SchemaSet.Load([new SchemaDocument("s", Encoding.UTF8.GetBytes($$"""{"format":"{{format}}"}"""))])["s"];
        var text = Encoding.UTF8.GetBytes($"\"a://{string.Concat(Enumerable.Repeat("@[1]", 500_000))}\"");

        Assert.False(schema.IsValid(text));
        Assert.NotEmpty(schema.Explain(JsonElement.Parse(text)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsValid_OurCase_IsAsTheStandardSays(string schema, string[] good, string[] bad)
    {
        var validator = Load(schema);

        Assert.All(good, text => Assert.True(validator.IsValid(Utf8(text)) && !validator.Explain(JsonElement.Parse(text)).Any(), $"{schema} should take {text}"));
        Assert.All(bad, text => Assert.True(!validator.IsValid(Utf8(text)) && validator.Explain(JsonElement.Parse(text)).Any(), $"{schema} should refuse {text}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} x")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[1,2")]
    [InlineData("/**/1")]
    [InlineData("\"\\ud800\"")]
    [InlineData("NaN")]
    public void IsValid_NoJson_IsRefusedWithoutAnException(string text) => Assert.False(Load("""{"maxLength":3,"properties":{"a":{}}}""").IsValid(Utf8(text)));

    [Fact]
    public void IsValid_BytesThatAreNoText_AreRefused() => Assert.False(Load("true").IsValid([0x22, 0xC3, 0x28, 0x22]));

    [Fact]
    public void IsValid_NestedTooDeeply_IsRefused()
    {
        var recursive = Load("""{"items":{"$ref":"#"}}""");

        Assert.True(recursive.IsValid(Utf8(new string('[', 64) + new string(']', 64))));
        Assert.False(recursive.IsValid(Utf8(new string('[', 65) + new string(']', 65))));
        Assert.False(recursive.IsValid(Utf8(new string('[', 1_000_000))));
    }

    [Fact]
    public void IsValid_MoreThan64NamesThatMatter_ForgetsNone()
    {
        var names = Enumerable.Range(0, 200).Select(i => $"\"n{i}\"").ToList();
        var validator = Load($$"""{"required":[{{string.Join(',', names)}}]}""");

        Assert.True(validator.IsValid(Utf8($"{{{string.Join(',', names.Select(name => name + ":1"))}}}")));
        Assert.All(names, missing => Assert.False(validator.IsValid(Utf8($"{{{string.Join(',', names.Where(name => name != missing).Select(name => name + ":1"))}}}"))));
    }

    [Fact]
    public void IsValid_IntegersForGo_AreWrittenAsSuch()
    {
        var validator = SchemaSet.Load([new SchemaDocument("a", Utf8("""{"type":"integer"}"""))], new SchemaOptions { IntegersFitInt64 = true })["a"];

        Assert.True(validator.IsValid("-9223372036854775808"u8));
        Assert.All(["1.0", "1e3", "9223372036854775808"], text => Assert.False(validator.IsValid(Utf8(text))));
    }

    [Fact]
    public void With_MemberThatMayBeAnything_JudgesBothAtOnce()
    {
        var both = Load("""{"properties":{"a":{"minimum":1},"value":{}},"patternProperties":{"^v":{"maximum":9}},"required":["a"],"additionalProperties":false}""")
            .With("value", Load("""{"type":"integer"}"""))!;

        Assert.All(["""{"a":1,"value":2}""", """{"a":1}""", """{"v\u0061lue":2,"a":1}"""], text => Assert.True(both.IsValid(Utf8(text))));
        Assert.All(
            ["""{"a":1,"value":"x"}""", """{"a":0,"value":2}""", """{"value":2}""", """{"a":1,"value":10}""", """{"a":1,"b":1}""", """{"a":1,"v\u0061lue":"x"}"""],
            text => Assert.False(both.IsValid(Utf8(text))));
    }

    [Theory]
    [InlineData("""{"properties":{"value":{"type":"string"}}}""")]
    [InlineData("""{"properties":{"value":false}}""")]
    [InlineData("""{"required":["value"]}""")]
    [InlineData("""{"allOf":[{"properties":{"value":{}}}]}""")]
    [InlineData("true")]
    public void With_MemberOfWhichMoreIsSaidOrNothing_IsRefused(string schema) => Assert.Null(Load(schema).With("value", Load("true")));

    [Fact]
    public void Explain_Violations_SayWhereAndWhichKeyword()
    {
        var validator = Load("""{"properties":{"a/b":{"items":{"type":"string"}},"c":{"anyOf":[{"const":1},{"minimum":5}]}},"required":["d"],"additionalProperties":false}""");

        var violations = validator.Explain(JsonElement.Parse("""{"a/b":["x",1],"c":2,"e":0}""")).Select(v => $"{v.Keyword} {v.Where}");

        Assert.Equal(["type /a~1b/1", "anyOf /c", "additionalProperties /e", "required /d"], violations);
    }

    private static JsonValidator Load(string schema) => SchemaSet.Load([new SchemaDocument("schema.json", Utf8(schema))])["schema.json"];

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
