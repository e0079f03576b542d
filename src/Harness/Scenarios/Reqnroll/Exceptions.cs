namespace Reqnroll;

/// <summary>An error of the engine's own making.</summary>
internal class ReqnrollException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A step definition, hook or transformation that cannot be used.</summary>
internal class BindingException(string message) : ReqnrollException(message);

/// <summary>More than one step definition answers to a step.</summary>
internal sealed class AmbiguousBindingException(string message) : BindingException(message);

/// <summary>No step definition answers to a step.</summary>
internal sealed class MissingStepDefinitionException(string message) : ReqnrollException(message);

/// <summary>Thrown by a step that is not written yet.</summary>
internal sealed class PendingStepException(string message = "The step is not implemented yet.") : ReqnrollException(message);
