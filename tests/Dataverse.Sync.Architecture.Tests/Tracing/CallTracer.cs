using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dataverse.Sync.Architecture.Tests;

/// <summary>Inserts a call of <see cref="CallTrace.Enter"/> at the start of every member that has code.</summary>
/// <remarks>
/// Types that only carry data do not change: records, structs, enums, interfaces, and classes without methods. A ref
/// struct counts as a class. The code of lambdas and nested types belongs to the outermost type. Source generators do not
/// run, so the partial methods that they would implement (the log messages) get an empty body.
/// </remarks>
internal sealed class CallTracer : CSharpSyntaxRewriter
{
    private const string Enter = $"global::Dataverse.Sync.Architecture.Tests.{nameof(CallTrace)}.{nameof(CallTrace.Enter)}";

    public static SyntaxTree Trace(SyntaxTree tree) =>
        tree.WithRootAndOptions(new CallTracer().Visit(tree.GetRoot())!, tree.Options);

    public override SyntaxNode? Visit(SyntaxNode? node) => node switch
    {
        TypeDeclarationSyntax type when !HasBehavior(type) => type,
        MethodDeclarationSyntax { Body: null, ExpressionBody: null } method => Implement(method),
        BaseMethodDeclarationSyntax { Body: null, ExpressionBody: null } => node,
        AccessorDeclarationSyntax { Body: null, ExpressionBody: null } => node,
        BaseMethodDeclarationSyntax method => Trace(method),
        AccessorDeclarationSyntax accessor => Trace(accessor),
        PropertyDeclarationSyntax { ExpressionBody: { } body } property => property
            .WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(TraceGetter(property, body)),
        IndexerDeclarationSyntax { ExpressionBody: { } body } indexer => indexer
            .WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(TraceGetter(indexer, body)),
        _ => base.Visit(node),
    };

    private static bool HasBehavior(TypeDeclarationSyntax type) =>
        (type is ClassDeclarationSyntax || (type is StructDeclarationSyntax && type.Modifiers.Any(SyntaxKind.RefKeyword)))
        && type.Members.OfType<MethodDeclarationSyntax>().Any();

    private static MethodDeclarationSyntax Implement(MethodDeclarationSyntax method)
    {
        var partial = method.Modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.PartialKeyword));
        return partial == default
            ? method
            : method
                .WithModifiers(method.Modifiers.Remove(partial))
                .WithBody(SyntaxFactory.Block())
                .WithSemicolonToken(default);
    }

    private static BaseMethodDeclarationSyntax Trace(BaseMethodDeclarationSyntax method)
    {
        var body = Trace(method, method.Body, method.ExpressionBody, ReturnsNothing(method));
        return method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(body);
    }

    private static AccessorDeclarationSyntax Trace(AccessorDeclarationSyntax accessor)
    {
        var isGetter = accessor.IsKind(SyntaxKind.GetAccessorDeclaration);
        var body = Trace(accessor, accessor.Body, accessor.ExpressionBody, returnsNothing: !isGetter);
        return accessor.WithExpressionBody(null).WithSemicolonToken(default).WithBody(body);
    }

    private static AccessorListSyntax TraceGetter(SyntaxNode property, ArrowExpressionClauseSyntax expression)
    {
        var body = Trace(property, body: null, expression, returnsNothing: false);
        var getter = SyntaxFactory.AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, body);
        return SyntaxFactory.AccessorList(SyntaxFactory.SingletonList(getter));
    }

    // "using" ends the call when the member returns, or when an asynchronous member or an iterator has ended.
    private static BlockSyntax Trace(
        SyntaxNode member, BlockSyntax? body, ArrowExpressionClauseSyntax? expression, bool returnsNothing)
    {
        var type = member.Ancestors().OfType<TypeDeclarationSyntax>().Last().Identifier.ValueText;
        var name = member is MethodDeclarationSyntax method ? method.Identifier.ValueText : $"{member.Kind()}";
        var folder = SourceTree.FolderOf(member.SyntaxTree.FilePath);
        var enter = SyntaxFactory.ParseStatement($"using var __call = {Enter}(\"{folder}/{type}\", \"{name}\");");
        return body is null
            ? SyntaxFactory.Block(enter, ToStatement(expression!.Expression, returnsNothing))
            : body.WithStatements(body.Statements.Insert(0, enter));
    }

    private static StatementSyntax ToStatement(ExpressionSyntax expression, bool returnsNothing) => expression switch
    {
        ThrowExpressionSyntax thrown => SyntaxFactory.ThrowStatement(thrown.Expression),
        _ when returnsNothing => SyntaxFactory.ExpressionStatement(expression),
        _ => SyntaxFactory.ReturnStatement(expression),
    };

    private static bool ReturnsNothing(BaseMethodDeclarationSyntax member) => member switch
    {
        ConstructorDeclarationSyntax or DestructorDeclarationSyntax => true,
        MethodDeclarationSyntax method => $"{method.ReturnType}" == "void"
            || (method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ReturnType is not GenericNameSyntax),
        _ => false,
    };
}
