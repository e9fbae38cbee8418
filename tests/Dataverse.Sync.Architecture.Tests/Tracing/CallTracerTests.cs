using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Dataverse.Sync.Architecture.Tests;

public sealed class CallTracerTests
{
    [Theory]
    [InlineData("void M() => N();", "void M() { using…; N(); }")]
    [InlineData("int M() { return 1; }", "int M() { using…; return 1; }")]
    [InlineData("int M() => throw new E();", "int M() { using…; throw new E(); }")]
    [InlineData("async Task M() => await N();", "async Task M() { using…; await N(); }")]
    [InlineData("async Task<int> M() => await N();", "async Task<int> M() { using…; return await N(); }")]
    [InlineData("Task M() => N();", "Task M() { using…; return N(); }")]
    [InlineData("A(int a) => b = a;", "A(int a) { using…; b = a; }")]
    [InlineData("int P => 1;", "int P { get { using…; return 1; } }")]
    [InlineData("int P { get => b; set => b = value; }", "int P { get { using…; return b; } set { using…; b = value; } }")]
    [InlineData("int P { get; set; }", "int P { get; set; }")]
    [InlineData("static partial void M(int a);", "static void M(int a) { }")]
    public void Member_with_code_is_traced(string member, string traced) =>
        Trace($"class A {{ void Any(); {member} }}").Should().Be($"class A {{ void Any(); {traced} }}");

    [Theory]
    [InlineData("record A { void M() { } }")]
    [InlineData("struct A { void M() { } }")]
    [InlineData("interface A { void M() { } }")]
    [InlineData("class A { int P => 1; }")]
    [InlineData("class A { void M(); record B { void M() { } } }")]
    public void Type_that_carries_data_is_not_traced(string type) => Trace(type).Should().Be(type);

    [Fact]
    public void Ref_struct_is_traced() =>
        Trace("ref struct A { void M() { } }").Should().Be("ref struct A { void M() { using…; } }");

    [Fact]
    public void Nested_class_is_traced_as_its_outermost_type()
    {
        var tree = CSharpSyntaxTree.ParseText("class A { void Any(); class B { void M() { } } }", path: "Steps/A.cs");

        CallTracer.Trace(tree).ToString().Should().Contain("""Enter("Steps/A", "M")""");
    }

    private static string Trace(string type)
    {
        var root = CallTracer.Trace(CSharpSyntaxTree.ParseText(type, path: "A.cs")).GetRoot();
        var text = Regex.Replace($"{root.NormalizeWhitespace()}", @"\s+", " ");
        return Regex.Replace(text, "using var __call = [^;]*;", "using…;");
    }
}
